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
  const lines = rows.map(({ name, microseconds, perSecond, ratio, lowest, highest }) =>
    [
      name.padEnd(width),
      microseconds.toFixed(1).padStart(9),
      Math.round(perSecond).toLocaleString('en').padStart(9),
      ratio.toFixed(3).padStart(7),
      `${lowest.toFixed(3)} … ${highest.toFixed(3)}`.padStart(16),
    ].join('  '),
  )
  const head = ['', 'µs', 'per s', 'ratio', 'range']
    .map((text, i) => text.padStart([width, 9, 9, 7, 16][i] ?? 0))
    .join('  ')
  const reached = target && rows.find(({ name }) => name === target.name)
  return [
    `## ${title}`,
    head,
    ...lines,
    `ratio: to "${baseline}", round by round; median and range`,
    ...(target && reached
      ? [
          `target ${target.ratio.toFixed(2)}: ${reached.ratio >= target.ratio ? 'reached' : 'MISSED'} (${reached.ratio.toFixed(3)})`,
        ]
      : []),
    ...notes,
    '',
  ].join('\n')
}
