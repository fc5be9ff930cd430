import type { Random } from '@keybound/testkit'

/** A ledger in shards, each of which serves one write after the other, and a stream of requests that each make one write. */
export interface ShardLoad {
  /** Requests per second, all together. */
  readonly rate: number
  readonly shards: number
  /** Writes that one shard makes in a second, grouped. */
  readonly shardRate: number
  /** Simulated seconds. */
  readonly seconds: number
}

export interface ShardFigures {
  /** Share of the time in which the busiest shard works. */
  readonly utilisation: number
  /** Milliseconds from arrival until the write was made. */
  readonly p50: number
  readonly p99: number
}

/**
 * Requests arrive at random (Poisson) and go to the shard that the hash of their key names; each shard is a queue with one server whose
 * service times are exponential. That is pessimistic: a real shard groups what waits.
 */
export function simulateShards(
  { rate, shards, shardRate, seconds }: ShardLoad,
  random: Random,
): ShardFigures {
  const freeAt = new Float64Array(shards)
  const busy = new Float64Array(shards)
  const waits: number[] = []
  for (let now = exponential(rate, random); now < seconds; now += exponential(rate, random)) {
    const shard = random.int(0, shards - 1)
    const service = exponential(shardRate, random)
    const begins = Math.max(now, freeAt[shard] ?? 0)
    freeAt[shard] = begins + service
    busy[shard] = (busy[shard] ?? 0) + service
    waits.push((freeAt[shard] ?? 0) - now)
  }
  waits.sort((a, b) => a - b)
  const at = (share: number) => 1000 * (waits[Math.floor((waits.length - 1) * share)] ?? Number.NaN)
  return { utilisation: Math.max(...busy) / seconds, p50: at(0.5), p99: at(0.99) }
}

function exponential(rate: number, random: Random): number {
  return -Math.log(1 - random.next()) / rate
}
