import { localKeys, protectResource } from '@keybound/resource-server'
import { memoryLedger } from '@keybound/stores/memory'
import { median } from '../paired.ts'
import {
  createAccessToken,
  createKey,
  createWork,
  ISSUER,
  type Key,
  RESOURCE,
  type Work,
} from '../verify/work.ts'
import { bytesPer } from './memory.ts'
import { throughputOf } from './processes.ts'

/** One cost against one size. A straight line or better is expected; a curve that bends upward is a defect. */
export interface Growth {
  readonly title: string
  readonly unit: string
  readonly points: readonly { readonly size: string; readonly value: number }[]
}

/** @see performance.md §6 */
export async function benchGrowth({ quick }: { quick: boolean }): Promise<Growth[]> {
  const decades = quick ? [1e1, 1e2, 1e3] : [1e1, 1e2, 1e3, 1e4, 1e5]
  const rows = quick ? [1e4, 1e5] : [1e4, 1e5, 1e6]
  return [
    await growth(
      'A protected request against the number of client keys (10,000 are kept)',
      'µs',
      decades,
      costWithKeys,
    ),
    await growth('A protected request against the live rows of the memory ledger', 'µs', rows, costWithRows),
    await growth(
      'A protected request against the size of its token (known key and token)',
      'µs',
      [0, 1000, 3000, 5000],
      costWithPadding,
    ),
    await growth('Protected requests per second against processes', 'per s', [1, 2], (n) =>
      throughputOf(n, quick ? 1 : 4),
    ),
    { title: 'Memory', unit: 'bytes', points: await bytesPer(quick ? 2000 : 10_000) },
  ]
}

async function growth(
  title: string,
  unit: string,
  sizes: readonly number[],
  cost: (size: number) => Promise<number>,
): Promise<Growth> {
  const points = []
  for (const size of sizes) points.push({ size: size.toLocaleString('en'), value: await cost(size) })
  return { title, unit, points }
}

const BATCH = 1000

/** Median of five batches, after the caches have seen every key once (as far as they keep them). */
async function costOf(
  protect: (request: Request) => Promise<unknown>,
  workFor: (i: number) => Work,
): Promise<number> {
  const costs: number[] = []
  let i = 0
  for (let batch = -2; batch < 5; batch++) {
    const work = Array.from({ length: BATCH }, () => workFor(i++))
    const started = process.hrtime.bigint()
    for (const { request } of work) await protect(request)
    if (batch >= 0) costs.push(Number(process.hrtime.bigint() - started) / BATCH / 1000)
  }
  return median(costs)
}

function protection(server: Key, ledger = memoryLedger()) {
  const jwks = { keys: [{ ...server.publicJwk, kid: server.jkt, alg: 'ES256', use: 'sig' }] }
  return protectResource({
    resource: RESOURCE,
    issuer: ISSUER,
    keys: localKeys(() => jwks),
    ledger,
    ledgerName: 'bench',
  })
}

async function costWithKeys(count: number): Promise<number> {
  const server = await createKey()
  const protect = protection(server)
  const clients: { key: Key; token: string }[] = []
  for (let i = 0; i < count; i++) {
    const key = await createKey()
    clients.push({ key, token: createAccessToken(server, key) })
  }
  const workFor = (i: number) => {
    const { key, token } = clients[i % count] as (typeof clients)[number]
    return createWork(key, token, 'none')
  }
  for (let i = 0; i < Math.min(count, 10_000); i++) await protect(workFor(i).request)
  return costOf(protect, workFor)
}

async function costWithRows(rows: number): Promise<number> {
  const [server, client] = [await createKey(), await createKey()]
  const ledger = memoryLedger()
  const now = Date.now() / 1000
  for (let i = 0; i < rows; i++)
    await ledger.remember({ key: `${i}`.padStart(43, '-'), expiresAt: Math.floor(now) + 600, now })
  const token = createAccessToken(server, client)
  return costOf(protection(server, ledger), () => createWork(client, token, 'none'))
}

async function costWithPadding(size: number): Promise<number> {
  const [server, client] = [await createKey(), await createKey()]
  const token = createAccessToken(server, client, 'x'.repeat(size))
  return costOf(protection(server), () => createWork(client, token, 'none'))
}
