import type { Ratio } from './paired.ts'

/** One table of results, as it is printed and as it is written to JSON. */
export interface Section {
  readonly title: string
  /** The row that is 1.0. */
  readonly baseline: string
  readonly target?: { readonly name: string; readonly ratio: number }
  readonly rows: readonly Ratio[]
  readonly notes: readonly string[]
}

export function formatSection({ title, baseline, target, rows, notes }: Section): string {
  const width = Math.max(...rows.map(({ name }) => name.length))
  const lines = rows.map((row) =>
    [
      row.name.padEnd(width),
      row.microseconds.toFixed(1).padStart(9),
      row.cpuMicroseconds.toFixed(1).padStart(9),
      row.ratio.toFixed(3).padStart(7),
      `${row.lower.toFixed(3)} … ${row.upper.toFixed(3)}`.padStart(16),
      row.elapsedRatio.toFixed(3).padStart(9),
    ].join('  '),
  )
  const widths = [width, 9, 9, 7, 16, 9]
  const head = ['', 'µs', 'CPU µs', 'ratio', 'middle half', 'by clock']
    .map((text, i) => text.padStart(widths[i] ?? 0))
    .join('  ')
  const reached = target && rows.find(({ name }) => name === target.name)
  return [
    `## ${title}`,
    head,
    ...lines,
    `ratio: to "${baseline}" by CPU time, round by round, the median; by clock: the same by elapsed time`,
    ...(target && reached
      ? [
          `target ${target.ratio.toFixed(2)}: ${reached.ratio >= target.ratio ? 'reached' : 'MISSED'} (${reached.ratio.toFixed(3)})`,
        ]
      : []),
    ...notes,
    '',
  ].join('\n')
}
