import type { RouteCost } from './protected-route.ts'

export function formatRouteCosts(costs: readonly RouteCost[]): string {
  const columns = [
    '',
    'bare/s',
    'prot./s',
    'ratio',
    'added ms',
    'CPU ms',
    'verify',
    'times',
    'p50',
    'p99',
    'target',
  ]
  const rows = costs.map((cost) => [
    cost.framework,
    Math.round(cost.bare.perSecond).toLocaleString('en'),
    Math.round(cost.protected.perSecond).toLocaleString('en'),
    cost.throughputRatio.toFixed(3),
    cost.addedMilliseconds.toFixed(3),
    cost.addedCpuMilliseconds.toFixed(3),
    cost.verifyCpuMilliseconds.toFixed(3),
    (cost.addedCpuMilliseconds / cost.verifyCpuMilliseconds).toFixed(2),
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
    'ratio: throughput with protection to throughput without; added ms: per request, by the clock on the one busy core; CPU ms: the same of CPU;',
    'verify: CPU ms that the same route takes more when all it does is to verify the signature of the proof; times: the CPU of protection to that;',
    'p50 and p99 in ms, protected; the targets are meant for a machine on which one verification takes 0.046 ms',
    '',
  ].join('\n')
}
