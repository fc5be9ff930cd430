import { storesContract } from '@keybound/testkit/contracts'
import { describeWith } from '@keybound/testkit/describe-with'
import { type Redis, startRedis } from '@keybound/testkit/servers'
import { afterAll, beforeAll, vi } from 'vitest'
import { memoryStores } from '../memory/memory-stores.ts'
import { withLedger } from '../with-ledger.ts'
import { openRedisLedger } from './redis-ledger.ts'
import { memoryEpochRecord } from './testing/memory-epoch-record.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

describeWith(['Redis'], 'a ledger in Redis beside other stores', () => {
  let server: Redis
  beforeAll(async () => {
    server = await startRedis()
  })
  afterAll(() => server?.stop())

  storesContract('Redis', async () => {
    const ledger = await openRedisLedger({
      url: server.url,
      record: memoryEpochRecord(),
      clock: () => 0,
      timeout: 20_000,
    })
    return { ...withLedger(memoryStores(), ledger), close: () => ledger.close() }
  })
})
