import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { localKeys, protectResource } from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'
import { createAccessToken, createKey, createWork, ISSUER, type Key, RESOURCE } from '../verify/work.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that one known key with its token, one more token of a known key, and one live jti keep in memory: the growth over `count` of each, after garbage collection. */
export async function bytesPer(count: number): Promise<{ size: string; value: number }[]> {
  const server = await createKey()
  const client = await createKey()
  return [
    {
      size: 'a known key and its token',
      value: await perItem(count, protection(server, count), () => freshClient(server)),
    },
    {
      size: 'a token of a known key',
      value: await perItem(
        count,
        protection(server, count),
        async () => createWork(client, createAccessToken(server, client), 'none').request,
      ),
    },
    { size: 'a live jti (memory ledger)', value: await perJti(count * 10) },
  ]
}

type Protect = (request: Request) => Promise<unknown>

/** A ledger that keeps nothing, so that only the caches grow. */
function protection(server: Key, kept: number): Protect {
  const jwks = { keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256', use: 'sig' }] }
  const ledger = { remember: async () => true }
  return protectResource({
    resource: RESOURCE,
    issuer: ISSUER,
    keys: localKeys(() => jwks),
    ledger,
    ledgerName: 'bench',
    kept,
  })
}

async function freshClient(server: Key): Promise<Request> {
  const client = await createKey()
  return createWork(client, createAccessToken(server, client), 'none').request
}

async function perItem(count: number, protect: Protect, request: () => Promise<Request>): Promise<number> {
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
