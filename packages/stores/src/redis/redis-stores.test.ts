import { storesContract } from '@keybound/testkit/contracts'
import { describeWith } from '@keybound/testkit/describe-with'
import { type Redis as Server, startRedis } from '@keybound/testkit/servers'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, vi } from 'vitest'
import { memoryStores } from '../memory/memory-stores.ts'
import { withSeparateStores } from '../with-separate-stores.ts'
import { openRedisStores } from './open-redis-stores.ts'
import { memoryEpochRecord } from './testing/memory-epoch-record.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

describeWith(['Redis'], 'what expires in Redis, beside other stores', () => {
  let server: Server
  let admin: Redis
  beforeAll(async () => {
    server = await startRedis()
    admin = new Redis(server.url)
  })
  afterAll(async () => {
    admin?.disconnect()
    await server?.stop()
  })

  /** Deletes what the server would have deleted by then: its clock is the machine's, not that of a contract. */
  async function expire(now: number): Promise<void> {
    for (const pattern of ['kb:pushed:*', 'kb:waiting:*', 'kb:login:*']) {
      for (const key of await admin.keys(pattern)) {
        const end = await admin.pexpiretime(key)
        if (end >= 0 && end < now * 1000) await admin.del(key)
        if (end === -1) throw new Error(`${key} never ends`)
      }
    }
  }

  storesContract('Redis', async () => {
    await admin.flushall()
    const redis = await openRedisStores({
      url: server.url,
      record: memoryEpochRecord(),
      clock: () => 0,
      timeout: 20_000,
    })
    const stores = withSeparateStores(memoryStores(), redis)
    return {
      ...stores,
      close: () => redis.close(),
      async sweep(now) {
        await stores.sweep(now)
        await expire(now)
      },
    }
  })
})
