import { type ChildProcess, fork } from 'node:child_process'
import { type LoadResult, startLoad } from '../http/load.ts'
import { cpuOf, messageOf } from '../http/message-of.ts'
import { median } from '../paired.ts'
import { createKey, type Key } from '../verify/work.ts'
import { tokenForm, tokenHeaders } from './token-requests.ts'
import { GRANTS, type GrantType } from './token-server.ts'

/** One server with one kind of keys: `known` ones have been met before, `new` ones are never met twice. */
interface Contestant {
  readonly name: string
  readonly server: string
  readonly keys: 'known' | 'new'
  /** Of its requests per second to those of the limit. */
  readonly target?: number
}

const LIMIT = 'the limit: one verify, one sign'

const CONTESTANTS: readonly Contestant[] = [
  { name: LIMIT, server: 'limit', keys: 'known' },
  { name: 'Keybound, memory, known keys', server: 'keybound, memory', keys: 'known', target: 0.65 },
  { name: 'Keybound, memory, new keys', server: 'keybound, memory', keys: 'new' },
  { name: 'Keybound, SQLite, known keys', server: 'keybound, SQLite', keys: 'known', target: 0.4 },
  { name: 'Keybound, SQLite, new keys', server: 'keybound, SQLite', keys: 'new', target: 0.28 },
  { name: 'oidc-provider 9.13, Map', server: 'oidc-provider, Map', keys: 'known' },
  { name: 'oidc-provider 9.13, SQLite', server: 'oidc-provider, SQLite', keys: 'known' },
]

interface Measured extends LoadResult {
  readonly cpuMilliseconds: number
}

export interface TokenEndpointRow {
  readonly name: string
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** Of the server, per request. */
  readonly cpuMilliseconds: number
  /** Requests per second to those of the limit in the same round: median and range. */
  readonly ratio: number
  readonly lowest: number
  readonly highest: number
  readonly target?: number
}

export interface TokenEndpointCost {
  readonly grant: GrantType
  readonly rows: readonly TokenEndpointRow[]
}

/** Each grant at each server, in shuffled rounds, over 16 keep-alive connections from another process; every answer must be 200. */
export async function benchTokenEndpoint(effort: {
  amount: number
  rounds: number
}): Promise<TokenEndpointCost[]> {
  const known = await Promise.all(Array.from({ length: 50 }, createKey))
  const course = { known, servers: await startServers(known[0] as Key), load: startLoad() }
  try {
    const costs: TokenEndpointCost[] = []
    for (const grant of GRANTS) costs.push({ grant, rows: await measureGrant(grant, course, effort) })
    return costs
  } finally {
    course.load.stop()
    for (const { child } of course.servers.values()) child.disconnect()
  }
}

/** What every run goes over. */
interface Course {
  readonly known: readonly Key[]
  readonly servers: ReadonlyMap<string, Running>
  readonly load: ReturnType<typeof startLoad>
}

interface Running {
  readonly child: ChildProcess
  readonly port: number
}

async function startServers(key: Key): Promise<ReadonlyMap<string, Running>> {
  const names = [...new Set(CONTESTANTS.map(({ server }) => server))]
  return new Map(
    await Promise.all(
      names.map(async (name): Promise<[string, Running]> => {
        const child = fork(new URL('./token-endpoint/server-process.js', import.meta.url), [name], {
          env: { ...process.env, NODE_ENV: 'production', BENCH_JWK: JSON.stringify(key.publicJwk) },
          serialization: 'advanced',
          stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        })
        return [name, { child, ...(await messageOf<{ port: number }>(child)) }]
      }),
    ),
  )
}

async function measureGrant(
  grant: GrantType,
  course: Course,
  { amount, rounds }: { amount: number; rounds: number },
): Promise<TokenEndpointRow[]> {
  const results = new Map<Contestant, Measured[]>(CONTESTANTS.map((contestant) => [contestant, []]))
  for (let round = -1; round < rounds; round++) {
    for (const contestant of shuffled(CONTESTANTS)) {
      const result = await measure(grant, contestant, course, amount)
      if (round >= 0) results.get(contestant)?.push(result)
    }
  }
  const limits = [...results].find(([{ name }]) => name === LIMIT)?.[1] ?? []
  return [...results].map(([{ name, target }, own]) => rowOf(name, target, own, limits))
}

async function measure(
  grant: GrantType,
  { name, server, keys: kind }: Contestant,
  { known, servers, load }: Course,
  amount: number,
): Promise<Measured> {
  const { child, port } = servers.get(server) as Running
  const pool = kind === 'new' ? await Promise.all(Array.from({ length: amount }, createKey)) : known
  const keyAt = (i: number) => (name === LIMIT ? known[0] : pool[i % pool.length]) as Key
  const jkts = Array.from({ length: amount }, (_, i) => keyAt(i).jkt)
  const answer = messageOf<{ values: string[] }>(child)
  child.send({ grant, jkts })
  const { values } = await answer
  const before = await cpuOf(child)
  const result = await load.run({
    url: `http://127.0.0.1:${port}/token`,
    connections: 16,
    amount,
    headers: values.map((_, i) => tokenHeaders(keyAt(i))),
    bodies: values.map((value) => tokenForm(grant, value)),
  })
  if (result.statuses['200'] !== amount) {
    throw new Error(`${name}, ${grant}: answered ${JSON.stringify(result.statuses)}`)
  }
  return { ...result, cpuMilliseconds: ((await cpuOf(child)) - before) / amount / 1000 }
}

function rowOf(
  name: string,
  target: number | undefined,
  own: readonly Measured[],
  limits: readonly Measured[],
): TokenEndpointRow {
  const ratios = own.map(({ perSecond }, round) => perSecond / (limits[round]?.perSecond ?? Number.NaN))
  return {
    name,
    perSecond: median(own.map(({ perSecond }) => perSecond)),
    p50: median(own.map(({ p50 }) => p50)),
    p99: median(own.map(({ p99 }) => p99)),
    cpuMilliseconds: median(own.map(({ cpuMilliseconds }) => cpuMilliseconds)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    ...(target !== undefined && { target }),
  }
}

function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item)
}
