import { median, shuffled } from '../paired.ts'
import type { LedgerDriver } from './driver.ts'
import { type Rate, rateOf } from './rate-of.ts'

/** A driver with so many rows in it. */
export interface Filled {
  readonly driver: LedgerDriver
  readonly rows: number
  readonly octetsPerRow: number
}

/** The median of the rounds. */
export interface PairedRate extends Rate {
  /** To the driver alone with as many rows, in the same round. */
  readonly ratio: number
  /** To the same driver with the fewest rows, in the same round: by the clock, and by the CPU of a key, which other work disturbs least. */
  readonly growth: { readonly clock: number; readonly cpu: number }
}

/**
 * All side by side in short rounds and in another order each time, so that a machine that is slow for a moment is slow for all of them. What a round
 * put is deleted after it: a table that is measured with so many rows has so many, and what one round adds.
 */
export async function pairedRates(
  all: readonly Filled[],
  callers: number,
  live: number,
  { rounds, seconds }: { readonly rounds: number; readonly seconds: number },
): Promise<ReadonlyMap<Filled, PairedRate>> {
  const rates = new Map(all.map((one) => [one, [] as Rate[]]))
  for (let round = 0; round < rounds; round++) {
    for (const one of shuffled(all)) {
      rates.get(one)?.push(await rateOf(one.driver, callers, seconds))
      await one.driver.trim(live)
    }
  }
  const medianOf = (one: Filled, read: (rate: Rate, round: number) => number) =>
    median((rates.get(one) ?? []).map(read))
  const inRound = (other: Filled | undefined, round: number, of: keyof Rate) =>
    (other && rates.get(other)?.[round]?.[of]) ?? Number.NaN
  return new Map(
    all.map((one) => {
      const alone = all.find(({ driver, rows }) => driver.isBaseline && rows === one.rows)
      const fewest = all.find(({ driver }) => driver.name === one.driver.name)
      return [
        one,
        {
          perSecond: medianOf(one, ({ perSecond }) => perSecond),
          cpu: medianOf(one, ({ cpu }) => cpu),
          ratio: medianOf(one, ({ perSecond }, round) => perSecond / inRound(alone, round, 'perSecond')),
          growth: {
            clock: medianOf(one, ({ perSecond }, round) => perSecond / inRound(fewest, round, 'perSecond')),
            cpu: medianOf(one, ({ cpu }, round) => inRound(fewest, round, 'cpu') / cpu),
          },
        },
      ]
    }),
  )
}
