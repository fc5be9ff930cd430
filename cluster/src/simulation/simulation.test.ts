import type { Stores } from '@keybound/stores/memory'
import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { simulate } from './simulate.ts'

const seeds = 2000
const parts = 8
const together = 20

/** Twenty at a time, so that none waits for the cryptography of another. */
async function simulateAll(from: number, to: number, sabotage?: (stores: Stores) => Stores) {
  const numbers = Array.from({ length: to - from }, (_, i) => from + i)
  return Promise.all(numbers.map((seed) => simulate(seed, sabotage && { sabotage })))
}

describe('with calls that are slow, fail or succeed unheard, crashes, sweeps and clocks that jump', () => {
  for (let part = 0; part < parts; part++) {
    const first = (part * seeds) / parts
    const end = ((part + 1) * seeds) / parts
    requirement(
      ['L-004', 'L-005', 'L-008', 'L-010', 'T-001'],
      `seeds ${first} to ${end - 1} keep every promise; npm run simulate -- --only SEED tells the story of one`,
      async () => {
        let succeeded = 0
        for (let seed = first; seed < end; seed += together) {
          for (const { attempts, broken, seed: one } of await simulateAll(
            seed,
            Math.min(seed + together, end),
          )) {
            expect(broken, `seed ${one}`).toEqual([])
            succeeded += attempts.filter(({ outcome }) => outcome === 'ok').length
          }
        }
        expect(succeeded).toBeGreaterThan((end - first) * 3)
      },
      120_000,
    )
  }
})

test('a seed tells the same story every time', async () => {
  const [once, again] = await Promise.all([simulate(7), simulate(7)])
  expect(once.story.length).toBeGreaterThan(20)
  expect(again.story).toEqual(once.story)
})

describe('the checker notices', () => {
  const sabotages: Record<string, { promise: string; of: (stores: Stores) => Stores }> = {
    'a code that was consumed before and is consumed again': {
      promise: 'I1',
      of: (stores) => ignoring(stores, 'consume code'),
    },
    'a refresh token that is rotated twice': { promise: 'I1', of: (stores) => ignoring(stores, 'rotate') },
    'a request_uri that is spent twice': {
      promise: 'I1',
      of: (stores) => ignoring(stores, 'spend pushed request'),
    },
    'a ledger that forgets': {
      promise: 'I1',
      of: (stores) => ({ ...stores, ledger: { remember: async () => true } }),
    },
    'an answer that is not in the store': {
      promise: 'I2',
      of: (stores) => ({ ...stores, grantStore: { ...stores.grantStore, commit: async () => undefined } }),
    },
    'an exception that nobody expected': {
      promise: 'I5',
      of: (stores) => ({
        ...stores,
        grantStore: { ...stores.grantStore, commit: () => Promise.reject(new Error('unexpected')) },
      }),
    },
  }
  for (const [what, { promise, of }] of Object.entries(sabotages)) {
    test(what, async () => {
      const broken = (await simulateAll(0, 60, of)).flatMap((simulation) => simulation.broken)
      expect(broken.filter((sentence) => sentence.startsWith(promise))).not.toEqual([])
    }, 120_000)
  }
})

/** As if the count of changed rows were not looked at: whatever else stands in the commit is written. */
function ignoring({ grantStore, ...stores }: Stores, condition: string): Stores {
  return {
    ...stores,
    grantStore: {
      ...grantStore,
      async commit(writes) {
        const lost = await grantStore.commit(writes)
        return lost?.do === condition ? grantStore.commit(writes.filter((write) => write !== lost)) : lost
      },
    },
  }
}
