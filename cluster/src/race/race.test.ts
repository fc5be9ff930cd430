import { memoryStores } from '@keybound/stores/memory'
import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { clients, inProcessPlatform } from './in-process-platform.ts'
import { contestNames, runHeats } from './run-heats.ts'

const heats = { code: 200, 'refresh token': 50, request_uri: 50, 'client assertion': 50 } as Record<
  string,
  number
>

for (const contest of contestNames) {
  requirement(
    ['T-001', 'L-001'],
    `${heats[contest] ?? 50} times eight racers for one ${contest} in one process: one winner each time`,
    async () => {
      const faults: string[] = []
      const platform = await inProcessPlatform(memoryStores({ clients }))
      const fault = (sentence: string) => faults.push(sentence)
      const tally = await runHeats(platform, {
        contest,
        heats: heats[contest] ?? 50,
        racers: () => 8,
        lanes: 2,
        fault,
      })
      expect(faults).toEqual([])
      expect(tally).toMatchObject({ heats: heats[contest] ?? 50, unknown: 0, nobody: 0 })
      if (contest !== 'refresh token') expect(tally.ok).toBe(tally.heats)
    },
    120_000,
  )
}

test('the judge sees two winners', async () => {
  const stores = memoryStores({ clients })
  const faults: string[] = []
  const platform = await inProcessPlatform({
    ...stores,
    grantStore: {
      ...stores.grantStore,
      commit: async (writes) => void (await stores.grantStore.commit(writes)),
    },
  })
  const fault = (sentence: string) => faults.push(sentence)
  await runHeats(platform, { contest: 'code', heats: 1, racers: () => 8, lanes: 1, fault })
  expect(faults).toContain('code, heat 0: 8 won')
})
