import { requirement } from '@keybound/testkit'
import { describeWith } from '@keybound/testkit/describe-with'
import { type Redis as Server, startRedis } from '@keybound/testkit/servers'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { SeparateLedger } from '../with-separate-stores.ts'
import { openRedis } from './open-redis.ts'
import { openRedisStores, type RedisStores } from './open-redis-stores.ts'
import { memoryEpochRecord } from './testing/memory-epoch-record.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

const now = 1_800_000_000
const entry = { key: 'key', acceptableFrom: now - 10, expiresAt: now + 20, now }
const refusal = { code: 'temporarily_unavailable', reason: 'store.available' }

describeWith(['Redis'], 'Redis that cannot answer, or should not', () => {
  const opened: { close?(): Promise<unknown>; stop?(): Promise<void> }[] = []
  afterEach(async () => {
    for (const one of opened.splice(0).reverse()) await (one.close?.() ?? one.stop?.())
  })

  async function started(settings: Record<string, string> = {}): Promise<Server> {
    const server = await startRedis(settings)
    opened.push(server)
    return server
  }
  let record = memoryEpochRecord()
  beforeEach(() => {
    record = memoryEpochRecord()
  })
  /** Patient, so that a busy machine changes nothing; impatient where the test is about that. */
  async function storesOf({ url }: Server, known = record, timeout = 20_000): Promise<RedisStores> {
    const stores = await openRedisStores({ url, record: known, clock: () => now, timeout })
    opened.push(stores)
    return stores
  }
  async function ledgerOf(...from: Parameters<typeof storesOf>): Promise<SeparateLedger> {
    return (await storesOf(...from)).ledger
  }
  async function administer(server: Server, ...command: [string, ...string[]]): Promise<void> {
    const redis = openRedis(server.url)
    await redis.connect()
    await redis.call(...command)
    redis.disconnect()
  }
  /** The answer, once there is one. */
  function answerOf(ledger: SeparateLedger, asked: typeof entry): Promise<boolean> {
    return vi.waitFor(() => ledger.remember(asked), { timeout: 30_000, interval: 50 })
  }

  requirement('L-003', 'gives one true to three replicas that ask with the same key at once', async () => {
    const server = await started()
    const replicas = await Promise.all([ledgerOf(server), ledgerOf(server), ledgerOf(server)])
    const answers = await Promise.all(Array.from({ length: 63 }, (_, i) => replicas[i % 3]?.remember(entry)))
    expect(answers.filter(Boolean)).toHaveLength(1)
    expect(new Set(replicas.map(({ epoch }) => epoch?.().id)).size).toBe(1)
  })

  requirement(
    ['OPS-35', 'L-005'],
    'refuses when no answer comes in time, and refuses the same proof when the write turns out to have been made',
    async () => {
      const server = await started()
      const ledger = await ledgerOf(server, record, 500)
      server.signal('SIGSTOP')
      await expect(ledger.remember(entry)).rejects.toMatchObject(refusal)
      server.signal('SIGCONT')
      expect(await answerOf(ledger, entry)).toBe(false)
    },
  )

  requirement(
    ['L-011', 'L-013'],
    'notices a flush and refuses whatever could have been accepted before it, but nothing newer',
    async () => {
      const server = await started()
      const [ledger, replica] = [await ledgerOf(server), await ledgerOf(server)]
      const before = ledger.epoch?.()
      expect(before?.since).toBe(0)
      expect(await ledger.remember(entry)).toBe(true)
      await administer(server, 'FLUSHALL')
      expect(await answerOf(ledger, entry)).toBe(false)
      expect(ledger.epoch?.()).toEqual({ ...ledger.epoch?.(), since: now })
      // The other one hears of it though it writes nothing: it would refuse the nonces of the new epoch, and so never come to write.
      await vi.waitFor(() => expect(replica.epoch?.()).toEqual(ledger.epoch?.()), { timeout: 30_000 })
      expect(await answerOf(replica, entry)).toBe(false)
      expect(ledger.epoch?.().id).not.toBe(before?.id)
      expect(await ledger.remember({ ...entry, key: 'new', acceptableFrom: now })).toBe(true)
    },
  )

  requirement(
    ['L-004', 'L-014'],
    'refuses while the server is gone, recovers by itself, and forgets nothing over kill -9',
    async () => {
      // With everysec a Redis whose disk is busy may answer before it has written.
      const server = await started({ appendfsync: 'always' })
      const { ledger, ping } = await storesOf(server, record, 2000)
      expect(await answerOf(ledger, entry)).toBe(true)
      const { id } = ledger.epoch?.() ?? {}
      server.signal('SIGKILL')
      await vi.waitFor(() => expect(ledger.remember({ ...entry, key: 'x' })).rejects.toMatchObject(refusal))
      await expect(ping()).rejects.toMatchObject(refusal)
      await server.restart()
      expect(await answerOf(ledger, { ...entry, acceptableFrom: now })).toBe(false)
      expect(ledger.epoch?.().id).not.toBe(id)
      await ping()
    },
  )

  test('a ledger that comes back empty while nobody looked is not taken for a new one', async () => {
    const server = await started()
    const known = memoryEpochRecord('an epoch of last week')
    const ledger = await ledgerOf(server, known)
    expect(ledger.epoch?.().since).toBe(now)
    expect(await ledger.remember(entry)).toBe(false)
    expect(await known.read()).toBe(ledger.epoch?.().id)
  })

  requirement(
    'L-015',
    'refuses when the memory is full, evicts nothing, and goes on when there is room',
    async () => {
      const server = await started()
      const ledger = await ledgerOf(server)
      expect(await ledger.remember(entry)).toBe(true)
      await administer(server, 'CONFIG', 'SET', 'maxmemory', '1')
      await expect(ledger.remember({ ...entry, key: 'full' })).rejects.toMatchObject(refusal)
      await administer(server, 'CONFIG', 'SET', 'maxmemory', '0')
      expect(await ledger.remember({ ...entry, key: 'full' })).toBe(true)
      expect(await ledger.remember(entry)).toBe(false)
    },
  )

  requirement('L-017', 'a server that only repeats what another one has is no ledger', async () => {
    const [primary, replica] = [await started(), await started()]
    const ledger = await ledgerOf(replica)
    expect(await ledger.remember(entry)).toBe(true)
    await administer(replica, 'REPLICAOF', '127.0.0.1', `${primary.port}`)
    for (const key of ['key', 'new']) {
      await expect(ledger.remember({ ...entry, key })).rejects.toMatchObject(refusal)
    }
  })

  test('knows no request_uri from before a lost memory, and forgives wrong passwords with it', async () => {
    const server = await started()
    const { pushedRequests, loginBackoff } = await storesOf(server)
    const pushed = { hash: 'hash', clientId: 'client', request: {} as never, expiresAt: now + 60 }
    const quota = { most: 1, now }
    expect(await pushedRequests.insert(pushed, quota)).toBe(true)
    expect(await pushedRequests.spend('hash')).toBe(true)
    for (let i = 0; i < 5; i++) await loginBackoff.admit('alice', 'here', now)
    // As after a failover to a copy that has not heard of the spending: another process, and old data.
    await administer(server, 'HDEL', `kb:pushed:${record.known()}:hash`, 'spent')
    server.signal('SIGKILL')
    await vi.waitFor(() => expect(pushedRequests.find('hash')).rejects.toMatchObject(refusal))
    await expect(pushedRequests.insert(pushed, quota)).rejects.toMatchObject(refusal)
    await expect(pushedRequests.spend('hash')).rejects.toMatchObject(refusal)
    await expect(loginBackoff.admit('alice', 'here', now)).rejects.toMatchObject(refusal)
    await server.restart()
    const found = () => pushedRequests.find('hash')
    expect(await vi.waitFor(found, { timeout: 30_000, interval: 50 })).toBeUndefined()
    expect(await pushedRequests.spend('hash')).toBe(false)
    expect(await pushedRequests.insert(pushed, quota)).toBe(true)
    await administer(server, 'FLUSHALL')
    expect(await loginBackoff.admit('alice', 'here', now)).toBe(0)
  })

  test('refuses to start where keys may be evicted, or where nobody answers, and shows no password (OPS-47)', async () => {
    const evicting = await started({ 'maxmemory-policy': 'allkeys-lru' })
    await expect(ledgerOf(evicting)).rejects.toThrow('set maxmemory-policy noeviction')
    const nobody = openRedisStores({ url: 'redis://:a-secret@127.0.0.1:1', record, clock: () => now })
    await expect(nobody).rejects.toThrow('LEDGER_URL: the ledger cannot be reached: connect ECONNREFUSED')
    await nobody.catch((error) => expect(String(error)).not.toContain('a-secret'))
  })

  test('says that the password is wrong or missing, and shows none', async () => {
    const server = await started()
    await administer(server, 'CONFIG', 'SET', 'requirepass', 'the-password')
    const openAt = (url: string) => openRedisStores({ url, record, clock: () => now, timeout: 20_000 })
    const wrong = openAt(server.url.replace('//', '//:a-secret@'))
    await expect(wrong).rejects.toThrow('LEDGER_URL: the ledger cannot be reached: WRONGPASS')
    await wrong.catch((error) => expect(String(error)).not.toContain('a-secret'))
    await expect(openAt(server.url)).rejects.toThrow('LEDGER_URL: the ledger cannot be reached: NOAUTH')
  })
})
