import type { LedgerFigures } from './ledger.ts'
import type { ExpiryFigures, Waits } from './waits.ts'

/** The figures of all drivers: what each reaches, what becomes of it with many rows, and how long anybody waits while rows end. */
export function formatLedger(figures: readonly LedgerFigures[]): string {
  return [
    'Ratio: to the driver alone in the same round; median of the rounds. CPU: of the client, for each key.',
    '',
    ...ratesTable(figures),
    ...growthTable(figures),
    ...waitsTable(figures),
  ].join('\n')
}

function ratesTable(figures: readonly LedgerFigures[]): string[] {
  const lines = figures.map((one) => {
    const rates = Object.values(one.rates).map(({ perSecond, ratio, cpu }) => {
      const paired = one.isBaseline ? '' : `${ratio.toFixed(2)}; `
      return `${integer(perSecond)} (${paired}${cpu.toFixed(1)} µs)`
    })
    return [one.driver, integer(one.rows), ...rates, integer(one.octetsPerRow)]
  })
  return table(['keys per second (ratio; CPU)', 'rows', ...callersOf(figures), 'octets a row'], lines)
}

function growthTable(figures: readonly LedgerFigures[]): string[] {
  const fewest = figures[0]?.rows ?? 0
  const grown = figures.filter(({ rows }) => rows > fewest)
  if (grown.length === 0) return []
  const lines = grown.map((one) => [
    one.driver,
    ...Object.values(one.rates).map(({ growth }) => `${growth.clock.toFixed(2)} (${growth.cpu.toFixed(2)})`),
  ])
  const head = `keys per second with ${integer(grown[0]?.rows ?? 0)} rows to those with ${integer(fewest)}, in the same round (by CPU)`
  return table([head, ...callersOf(figures)], lines)
}

function waitsTable(figures: readonly LedgerFigures[]): string[] {
  const lines = figures.flatMap(({ driver, rows, expiry }) => {
    if (!expiry) return []
    const line = (what: string, waits: Waits, cost: string) => [
      `${driver}, ${what}`,
      integer(rows),
      cost,
      waits.p50.toFixed(1),
      waits.p99.toFixed(1),
      waits.longest.map((wait) => wait.toFixed(1)).join(', '),
    ]
    return [
      line('while rows end', expiry.meanwhile, costOf(expiry)),
      line('as long without', expiry.otherwise, ''),
    ]
  })
  if (lines.length === 0) return []
  return table(['waits of one caller, ms', 'rows', 'deleting', 'p50', 'p99', 'longest of each turn'], lines)
}

function costOf({ perRow }: ExpiryFigures): string {
  return `${perRow.toFixed(1)} µs a row`
}

function callersOf(figures: readonly LedgerFigures[]): string[] {
  return Object.keys(figures[0]?.rates ?? {}).map((count) => `${count} caller${count === '1' ? '' : 's'}`)
}

function integer(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string[] {
  const rows = [head, head.map(() => '---'), ...lines]
  return [...rows.map((cells) => `| ${cells.join(' | ')} |`), '']
}
