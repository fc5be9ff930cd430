import { memoryLedger } from '@keybound/stores/memory'
import { median, timeInRounds } from '../paired.ts'
import { protection } from '../verify/protection.ts'
import { createAccessToken, createKey, createWork, type Key, type Work } from '../verify/work.ts'
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
  const decades = quick ? [1e1, 1e2] : [1e1, 1e2, 1e3, 1e4, 1e5, 1e6]
  const rows = quick ? [1e4, 1e5] : [1e4, 1e5, 1e6]
  const padding = quick ? [0, 5000] : [0, 1000, 3000, 5000]
  const rounds = quick ? 5 : 25
  return [
    await growth(
      'A protected request against the number of client keys (10,000 are kept)',
      'µs of CPU',
      decades,
      (count) => costWithKeys(count, rounds),
    ),
    await growth(
      'A protected request against the live rows of the memory ledger',
      'µs of CPU',
      rows,
      (count) => costWithRows(count, rounds),
    ),
    await growth(
      'A protected request against the size of its token (known key and token)',
      'µs of CPU',
      padding,
      (size) => costWithPadding(size, rounds),
    ),
    await growth('Protected requests per second against processes', 'per s', [1, 2], (n) =>
      throughputOf(n, quick ? 0.5 : 4),
    ),
    { title: 'Memory', unit: 'bytes', points: await bytesPer(quick ? 500 : 10_000) },
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

/** CPU time of one request in microseconds, median of short rounds. */
async function costOf(
  protect: (request: Request) => Promise<unknown>,
  workFor: () => Work | Promise<Work>,
  rounds: number,
): Promise<number> {
  let work: Work[] = []
  const timings = await timeInRounds(
    [{ name: 'request', run: (i) => protect(work[i]?.request as Request) }],
    {
      size: 200,
      rounds,
      warmup: 10,
      async prepare() {
        work = []
        while (work.length < 200) work.push(await workFor())
      },
    },
  )
  return median((timings.get('request') ?? []).map(({ cpu }) => cpu))
}

/** Requests by clients drawn at random. A client is made when it is first drawn: of one that never came no server knows. */
async function costWithKeys(count: number, rounds: number): Promise<number> {
  const server = await createKey()
  const protect = protection(server, { ledger: memoryLedger() })
  const clients = new Map<number, { key: Key; token: string }>()
  const drawn = async () => {
    const number = Math.floor(Math.random() * count)
    const known = clients.get(number)
    if (known) return known
    const key = await createKey()
    const client = { key, token: createAccessToken(server, key) }
    clients.set(number, client)
    return client
  }
  const workFor = async () => {
    const { key, token } = await drawn()
    return createWork(key, token, 'none')
  }
  const enoughToFillTheCaches = Math.min(4 * count, 20_000)
  for (let i = 0; i < enoughToFillTheCaches; i++) await protect((await workFor()).request)
  return costOf(protect, workFor, rounds)
}

async function costWithRows(rows: number, rounds: number): Promise<number> {
  const [server, client] = [await createKey(), await createKey()]
  const ledger = memoryLedger()
  const now = Date.now() / 1000
  for (let i = 0; i < rows; i++)
    await ledger.remember({ key: `${i}`.padStart(43, '-'), expiresAt: Math.floor(now) + 600, now })
  const token = createAccessToken(server, client)
  return costOf(protection(server, { ledger }), () => createWork(client, token, 'none'), rounds)
}

async function costWithPadding(size: number, rounds: number): Promise<number> {
  const [server, client] = [await createKey(), await createKey()]
  const token = createAccessToken(server, client, 'x'.repeat(size))
  return costOf(
    protection(server, { ledger: memoryLedger() }),
    () => createWork(client, token, 'none'),
    rounds,
  )
}
