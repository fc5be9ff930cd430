import type { RouteCost } from './protected-route.ts'

export function formatRouteCosts(costs: readonly RouteCost[]): string {
  const columns = ['', 'bare/s', 'prot./s', 'ratio', 'added ms', 'CPU ms', 'p50', 'p99', 'target']
  const rows = costs.map((cost) => [
    cost.framework,
    Math.round(cost.bare.perSecond).toLocaleString('en'),
    Math.round(cost.protected.perSecond).toLocaleString('en'),
    cost.throughputRatio.toFixed(3),
    cost.addedMilliseconds.toFixed(3),
    cost.addedCpuMilliseconds.toFixed(3),
    cost.protected.p50.toFixed(1),
    cost.protected.p99.toFixed(1),
    `${cost.target} ms ${cost.addedMilliseconds <= cost.target ? 'reached' : 'MISSED'}`,
  ])
  const widths = columns.map((column, i) =>
    Math.max(column.length, ...rows.map((row) => row[i]?.length ?? 0)),
  )
  const line = (cells: string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ')
  return [
    '## The protected route over HTTP: the same answer without and with protection, 16 connections',
    line(columns),
    ...rows.map(line),
    'added ms: per request, on the one busy core; ratio: throughput with protection to throughput without; p50 and p99 in ms, protected',
    '',
  ].join('\n')
}
