import type { TokenEndpointCost, TokenEndpointRow } from './token-endpoint.ts'

const TITLES = {
  authorization_code: 'code exchange with PKCE and DPoP, public client',
  refresh_token: 'refresh with rotation and DPoP, public client',
  client_credentials: 'client credentials with DPoP',
} as const

export function formatTokenEndpoint({ grant, rows }: TokenEndpointCost): string {
  const columns = ['', 'per s', 'ratio', 'range', 'p50 ms', 'p99 ms', 'CPU ms', 'target']
  const cells = rows.map((row) => [
    row.name,
    Math.round(row.perSecond).toLocaleString('en'),
    row.ratio.toFixed(3),
    `${row.lowest.toFixed(3)} … ${row.highest.toFixed(3)}`,
    row.p50.toFixed(1),
    row.p99.toFixed(1),
    row.cpuMilliseconds.toFixed(3),
    judged(row),
  ])
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...cells.map((row) => row[i]?.length ?? 0)),
  )
  const line = (row: string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return [
    `## The token endpoint: ${TITLES[grant]}, 16 connections`,
    line(columns),
    ...cells.map(line),
    'ratio: requests per second to those of the limit in the same round; median and range',
    '',
  ].join('\n')
}

function judged({ ratio, target }: TokenEndpointRow): string {
  if (target === undefined) return ''
  return `${target.toFixed(2)} ${ratio >= target ? 'reached' : 'MISSED'}`
}
