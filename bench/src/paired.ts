/** One way of doing the job. `run` does it once, on the i-th piece of work of the round; every piece of work is used once per round and variant. */
export interface Variant {
  readonly name: string
  run(i: number): unknown
}

export interface Rounds {
  /** Pieces of work per variant and round. */
  readonly size: number
  readonly rounds: number
  /** Rounds that are run first and not counted. */
  readonly warmup: number
  /** Called before each round, outside the clock: makes fresh work, so that nothing is measured on a replay. */
  prepare(round: number): Promise<void> | void
}

/** Microseconds per operation, one figure per counted round, in the order of the rounds: figures of the same index were measured side by side. */
export type Timings = ReadonlyMap<string, readonly number[]>

/** Runs all variants in every round, in a shuffled order, one after another on the same freshly made work. */
export async function timeInRounds(variants: readonly Variant[], options: Rounds): Promise<Timings> {
  const timings = new Map<string, number[]>(variants.map((variant) => [variant.name, []]))
  for (let round = -options.warmup; round < options.rounds; round++) {
    await options.prepare(round)
    for (const variant of shuffled(variants)) {
      const started = process.hrtime.bigint()
      for (let i = 0; i < options.size; i++) await variant.run(i)
      const nanoseconds = Number(process.hrtime.bigint() - started)
      if (round >= 0) timings.get(variant.name)?.push(nanoseconds / options.size / 1000)
    }
  }
  return timings
}

export interface Ratio {
  readonly name: string
  readonly microseconds: number
  readonly perSecond: number
  /** Median of baseline time ÷ own time, round by round; 1.0 is as fast as the baseline, 0.5 takes twice as long. */
  readonly ratio: number
  readonly lowest: number
  readonly highest: number
}

/** Compares every variant with the baseline, round by round, so that a machine that slows down slows down both. */
export function ratiosTo(baseline: string, timings: Timings): readonly Ratio[] {
  const base = timings.get(baseline)
  if (!base) throw new TypeError(`no variant is called ${baseline}`)
  return [...timings].map(([name, own]) => {
    const ratios = own.map((microseconds, round) => (base[round] ?? Number.NaN) / microseconds)
    const microseconds = median(own)
    return {
      name,
      microseconds,
      perSecond: 1e6 / microseconds,
      ratio: median(ratios),
      lowest: Math.min(...ratios),
      highest: Math.max(...ratios),
    }
  })
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}

/** The value below which the share `q` of the values lies, by linear interpolation. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const position = (sorted.length - 1) * q
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)
}
