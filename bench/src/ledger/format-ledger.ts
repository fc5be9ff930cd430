import type { LedgerFigures } from './ledger.ts'

/** The figures of all drivers as one table. */
export function formatLedger(figures: readonly LedgerFigures[]): string {
  const lines = figures.map((one) => {
    const rates = Object.values(one.rates).map(({ perSecond, ratio, cpu }) => {
      const paired = one.isBaseline ? '' : `${ratio.toFixed(2)}; `
      return `${Math.round(perSecond).toLocaleString('en')} (${paired}${cpu.toFixed(1)} µs)`
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
    'keys per second (ratio; CPU)',
    'rows',
    ...callers,
    'octets a row',
    'deleting what ended: cost a row; waits meanwhile',
  ]
  return [
    `| ${head.join(' | ')} |`,
    `|${'---|'.repeat(head.length)}`,
    ...lines,
    'Ratio: to the driver alone in the same round; median of the rounds. CPU: of the client, for each key.',
    '',
  ].join('\n')
}
