import { openRedisStores } from '@keybound/stores/redis'
import { type Redis as Server, startRedis } from '@keybound/testkit/servers'
import { Redis } from 'ioredis'
import type { LedgerDriver } from './driver.ts'

/** Ours and the driver alone; a server each, with an append-only file written every second. */
export async function redisDrivers(): Promise<LedgerDriver[]> {
  return [await keybound(await startRedis()), rawDriver(await startRedis())]
}

async function keybound(server: Server): Promise<LedgerDriver> {
  const record = { read: async () => undefined, write: async () => {} }
  // Patient: a machine that is busy makes it slow, and does not end the run.
  const patience = 20_000
  const stores = await openRedisStores({
    url: server.url,
    record,
    clock: () => Date.now() / 1000,
    timeout: patience,
  })
  const rows = rowsOf(server, 'kb:')
  return {
    name: 'Keybound on Redis',
    ...rows,
    remember: stores.ledger.remember,
    async close() {
      await stores.close()
      await rows.close()
    },
  }
}

function rawDriver(server: Server): LedgerDriver {
  const redis = new Redis(server.url, { enableAutoPipelining: true })
  const rows = rowsOf(server, 'raw:')
  return {
    name: 'ioredis, SET NX PX auto-pipelined',
    isBaseline: true,
    ...rows,
    async remember({ key, expiresAt, now }) {
      const name = Buffer.concat([Buffer.from('raw'), Buffer.from(key, 'base64url').subarray(0, 16)])
      return (await redis.set(name, expiresAt, 'PX', Math.ceil((expiresAt - now) * 1000), 'NX')) === 'OK'
    },
    async close() {
      redis.disconnect()
      await rows.close()
    },
  }
}

/** Deletes of some thousand keys those with another end. */
const forgetOthers = `local found = redis.call('SCAN', ARGV[1], 'MATCH', ARGV[2], 'COUNT', 5000)
  for _, key in ipairs(found[2]) do
    local ends = redis.call('PEXPIRETIME', key)
    if ends >= 0 and ends ~= tonumber(ARGV[3]) then redis.call('UNLINK', key) end
  end
  return found[1]`

function rowsOf(server: Server, prefix: string): Pick<LedgerDriver, 'fill' | 'trim' | 'size' | 'close'> {
  const redis = new Redis(server.url, { lazyConnect: true })
  const put = `for i = 1, ARGV[1] do
    redis.call('SET', ARGV[3] .. string.sub(redis.sha1hex(ARGV[4] .. ':' .. i), 1, 16), ARGV[2], 'PXAT', ARGV[2] * 1000)
  end`
  return {
    async fill(count, expiresAt) {
      for (let left = count, portion = 0; left > 0; left -= 10_000, portion++) {
        await redis.eval(put, 0, Math.min(left, 10_000), expiresAt, prefix, `${Date.now()} ${portion}`)
      }
    },
    async trim(expiresAt) {
      for (let cursor = '0', first = true; first || cursor !== '0'; first = false) {
        cursor = (await redis.eval(forgetOthers, 0, cursor, `${prefix}*`, expiresAt * 1000)) as string
      }
    },
    async size() {
      return Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1])
    },
    async close() {
      redis.disconnect()
      await server.stop()
    },
  }
}
