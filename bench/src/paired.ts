/** One way of doing the job. `run` does it once, on the i-th piece of work of the round; every piece of work is used once per round and variant. */
export interface Variant {
  readonly name: string
  run(i: number): unknown
}

/** How much is measured. */
export interface Effort {
  /** Pieces of work per variant and round. */
  readonly size: number
  readonly rounds: number
  /** Rounds that are run first and not counted. */
  readonly warmup: number
}

interface Rounds extends Effort {
  /** Called before each round, outside the clock: makes fresh work, so that nothing is measured on a replay. */
  prepare(round: number): Promise<void> | void
}

/** Microseconds per operation in one round: by the clock, and of CPU by the whole process, its helper threads included. */
export interface Timing {
  readonly elapsed: number
  readonly cpu: number
}

/** One timing per counted round, in the order of the rounds: timings of the same index were taken side by side. */
export type Timings = ReadonlyMap<string, readonly Timing[]>

/** Runs all variants in every round, in a shuffled order, one after another on the same freshly made work. */
export async function timeInRounds(variants: readonly Variant[], options: Rounds): Promise<Timings> {
  const timings = new Map<string, Timing[]>(variants.map((variant) => [variant.name, []]))
  for (let round = -options.warmup; round < options.rounds; round++) {
    await options.prepare(round)
    for (const variant of shuffled(variants)) {
      const [cpuBefore, started] = [process.cpuUsage(), process.hrtime.bigint()]
      for (let i = 0; i < options.size; i++) await variant.run(i)
      const elapsed = Number(process.hrtime.bigint() - started) / options.size / 1000
      const { user, system } = process.cpuUsage(cpuBefore)
      if (round >= 0) timings.get(variant.name)?.push({ elapsed, cpu: (user + system) / options.size })
    }
  }
  return timings
}

/** A variant beside the baseline. Ratios: time of the baseline ÷ own time; 1.0 is as fast, 0.5 takes twice as long. */
export interface Ratio {
  readonly name: string
  readonly microseconds: number
  readonly cpuMicroseconds: number
  readonly perSecond: number
  /** Of CPU time, which other programs on the machine disturb little: median over the rounds, and the middle half of them. */
  readonly ratio: number
  readonly lower: number
  readonly upper: number
  /** Of time by the clock: median over the rounds. */
  readonly elapsedRatio: number
}

/** Compares every variant with the baseline, round by round, so that a machine that slows down slows down both. */
export function ratiosTo(baseline: string, timings: Timings): readonly Ratio[] {
  const base = timings.get(baseline)
  if (!base) throw new TypeError(`no variant is called ${baseline}`)
  return [...timings].map(([name, own]) => {
    const ratios = (kind: keyof Timing) =>
      own.map((timing, round) => (base[round]?.[kind] ?? 0) / timing[kind])
    const microseconds = median(own.map(({ elapsed }) => elapsed))
    return {
      name,
      microseconds,
      cpuMicroseconds: median(own.map(({ cpu }) => cpu)),
      perSecond: 1e6 / microseconds,
      ratio: median(ratios('cpu')),
      lower: quantile(ratios('cpu'), 0.25),
      upper: quantile(ratios('cpu'), 0.75),
      elapsedRatio: median(ratios('elapsed')),
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

export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)
}
