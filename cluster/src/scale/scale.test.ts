import { seededRandom } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { headroom, needed } from './scale-model.ts'
import { simulateShards } from './shard-load.ts'

const measured = {
  requestsPerCore: 1500,
  writesPerShard: 40_000,
  octetsPerJti: 120,
  remembered: 120,
  octetsPerWrite: 250,
}

test('what the model plans holds in the simulation: no shard is overloaded, and the queue is short', () => {
  for (const rate of [1e4, 1e5]) {
    const { shards } = needed(rate, measured)
    const load = { rate, shards, shardRate: measured.writesPerShard, seconds: 4 }
    const { utilisation, p50, p99 } = simulateShards(load, seededRandom(1, rate))
    expect(utilisation).toBeLessThan(headroom * 1.1)
    // One server, exponential service: the time in the system is exponential with mean 1 / (μ − λ).
    const mean = 1000 / (measured.writesPerShard - rate / shards)
    expect(p50).toBeCloseTo(mean * Math.LN2, 2)
    expect(p99).toBeLessThan(mean * Math.log(100) * 1.2)
  }
}, 120_000)

test('twice the load needs twice the shards, and one shard fewer than needed is felt', () => {
  const { shards } = needed(1e5, measured)
  expect(needed(2e5, measured).shards).toBeGreaterThanOrEqual(2 * shards - 1)
  const load = { rate: 1e5, shardRate: measured.writesPerShard, seconds: 2 }
  const planned = simulateShards({ ...load, shards }, seededRandom(1, 1))
  const starved = simulateShards({ ...load, shards: 2 }, seededRandom(1, 1))
  expect(starved.utilisation).toBeGreaterThan(0.99)
  expect(starved.p99).toBeGreaterThan(10 * planned.p99)
}, 120_000)
