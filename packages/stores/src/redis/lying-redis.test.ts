import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { openRedisStores } from './open-redis-stores.ts'
import { startLyingRedis } from './testing/lying-redis.ts'
import { memoryEpochRecord } from './testing/memory-epoch-record.ts'

const now = 1_800_000_000
const refusal = { code: 'temporarily_unavailable', reason: 'store.available' }

requirement('L-004', 'what answers nonsense instead of a decision has decided nothing', async () => {
  for (const nonsense of ['+OK\r\n', '$-1\r\n', ':-1\r\n', '*0\r\n', '*1\r\n:7\r\n', '*2\r\n:1\r\n:1\r\n']) {
    const server = await startLyingRedis(nonsense)
    const { ledger, pushedRequests, loginBackoff, close } = await openRedisStores({
      url: server.url,
      record: memoryEpochRecord(),
      clock: () => now,
      timeout: 20_000,
    })
    const pushed = { hash: 'h', clientId: 'c', request: {} as never, expiresAt: now + 60 }
    for (const asked of [
      () => ledger.remember({ key: 'key', expiresAt: now + 20, now }),
      () => pushedRequests.insert(pushed, { most: 9, now }),
      () => pushedRequests.countLive('c', now),
      () => loginBackoff.admit('alice', 'here', now),
    ]) {
      await expect(asked(), `${JSON.stringify(nonsense)} to ${asked}`).rejects.toMatchObject(refusal)
    }
    server.stop()
    await close()
  }
})
