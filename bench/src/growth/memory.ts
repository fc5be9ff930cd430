import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { ProtectResource } from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'
import { protection } from '../verify/protection.ts'
import { createAccessToken, createKey, createWork, type Key } from '../verify/work.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that one known key with its token, one more token of a known key, and one live jti keep in memory: the growth over `count` of each, after garbage collection. */
export async function bytesPer(count: number): Promise<{ size: string; value: number }[]> {
  const server = await createKey()
  const client = await createKey()
  return [
    {
      size: 'a known key and its token',
      value: await perItem(count, protection(server, { kept: count, ledger: forgetful }), () =>
        freshClient(server),
      ),
    },
    {
      size: 'a token of a known key',
      value: await perItem(
        count,
        protection(server, { kept: count, ledger: forgetful }),
        async () => createWork(client, createAccessToken(server, client), 'none').request,
      ),
    },
    { size: 'a live jti (memory ledger)', value: await perJti(count * 10) },
  ]
}

/** A ledger that keeps nothing, so that only the caches grow. */
const forgetful = { remember: async () => true }

async function freshClient(server: Key): Promise<Request> {
  const client = await createKey()
  return createWork(client, createAccessToken(server, client), 'none').request
}

async function perItem(
  count: number,
  protect: ProtectResource,
  request: () => Promise<Request>,
): Promise<number> {
  await protect(await request())
  const before = memoryInUse()
  for (let i = 0; i < count; i++) await protect(await request())
  const after = memoryInUse()
  await protect(await request())
  return (after - before) / count
}

async function perJti(count: number): Promise<number> {
  const ledger = memoryLedger()
  const now = Date.now() / 1000
  const before = memoryInUse()
  for (let i = 0; i < count; i++)
    await ledger.remember({ key: `${i}`.padStart(43, '-'), expiresAt: Math.floor(now) + 600, now })
  const after = memoryInUse()
  await ledger.remember({ key: 'kept until here', expiresAt: now + 600, now })
  return (after - before) / count
}

/** The heap and what hangs on it outside. What OpenSSL keeps for a key is not visible to V8 and comes on top. */
function memoryInUse(): number {
  collect()
  collect()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}
