import type { LedgerFigures } from './ledger.ts'

/** The figures of all drivers as one table; a ratio is to the driver's baseline with as many rows and callers. */
export function formatLedger(figures: readonly LedgerFigures[]): string {
  const lines = figures.map((one) => {
    const baseline = figures.find(({ driver, rows }) => driver === one.baseline && rows === one.rows)
    const rates = Object.entries(one.rates).map(([callers, rate]) => {
      const ratio = baseline ? ` (${(rate / (baseline.rates[callers] ?? Number.NaN)).toFixed(2)})` : ''
      return `${Math.round(rate).toLocaleString('en')}${ratio}`
    })
    const { expiry } = one
    const swept = expiry
      ? `${expiry.perRow.toFixed(1)} µs; p50 ${expiry.p50.toFixed(1)}, p99 ${expiry.p99.toFixed(1)}, longest ${expiry.longest.toFixed(1)} ms`
      : ''
    return `| ${[one.driver, one.rows.toLocaleString('en'), ...rates, Math.round(one.octetsPerRow), swept].join(' | ')} |`
  })
  const callers = Object.keys(figures[0]?.rates ?? {}).map(
    (count) => `${count} caller${count === '1' ? '' : 's'}`,
  )
  const head = [
    'keys per second',
    'rows',
    ...callers,
    'octets a row',
    'deleting what ended: cost a row; waits meanwhile',
  ]
  return [`| ${head.join(' | ')} |`, `|${'---|'.repeat(head.length)}`, ...lines, ''].join('\n')
}
