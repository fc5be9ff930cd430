import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { requirement } from '@keybound/testkit'
import { describeWith } from '@keybound/testkit/describe-with'
import { afterEach, expect, test, vi } from 'vitest'
import { prismaEpochRecord } from '../epoch-record.ts'
import { postgresLedger } from './ledger.ts'
import { openPostgres, type PostgresDatabase } from './open-postgres.ts'
import { postgresStores } from './postgres-stores.ts'
import { migratedDatabases, patient, queryOnce } from './testing/migrated-databases.ts'

const now = 1_800_000_000
const entry = { key: 'key', acceptableFrom: now - 10, expiresAt: now + 20, now }
const refusal = { code: 'temporarily_unavailable', reason: 'store.available' }

describeWith(['PostgreSQL'], 'PostgreSQL that cannot answer, or should not', () => {
  const { server, newDatabase } = migratedDatabases()
  const opened: PostgresDatabase[] = []
  afterEach(async () => {
    for (const db of opened.splice(0)) await db.close()
  })

  async function databaseAt(url: string, limits = patient): Promise<PostgresDatabase> {
    const db = await openPostgres({ url, limits })
    opened.push(db)
    return db
  }

  requirement('L-003', 'three replicas give one true between them, to a proof and to a commit', async () => {
    const url = await newDatabase()
    const replicas = await Promise.all([databaseAt(url), databaseAt(url), databaseAt(url)])
    const stores = replicas.map(postgresStores)
    const ask = async (i: number, key: string) => stores[i % 3]?.ledger.remember({ ...entry, key })
    const answers = await Promise.all(Array.from({ length: 63 }, (_, i) => ask(i, 'one')))
    expect(answers.filter(Boolean)).toHaveLength(1)
    const write = { do: 'remember', ...entry } as const
    const commits = Array.from({ length: 63 }, (_, i) => stores[i % 3]?.grantStore.commit([write]))
    expect((await Promise.all(commits)).filter((refused) => refused === undefined)).toHaveLength(1)
  })

  requirement(
    ['L-013', 'L-022'],
    'tables that come from another server, a standby or a backup, begin a new epoch: what is older counts as used',
    async () => {
      const url = await newDatabase()
      const first = await openPostgres({ url, limits: patient, clock: () => now })
      const before = postgresStores(first).ledger
      expect(await before.remember({ ...entry, key: 'before' })).toBe(true)
      expect(before.epoch?.()).toMatchObject({ since: 0 })
      await first.close()
      await queryOnce(url, `UPDATE ledger_sweep SET epoch = 'another server'`)
      const db = await openPostgres({ url, limits: patient, clock: () => now })
      opened.push(db)
      const { ledger, grantStore } = postgresStores(db)
      expect(await ledger.remember(entry)).toBe(false)
      const write = { do: 'remember', ...entry } as const
      expect(await grantStore.commit([write])).toEqual(write)
      expect(await ledger.remember({ ...entry, acceptableFrom: now })).toBe(true)
      expect(ledger.epoch?.()).toEqual({ id: before.epoch?.().id, since: now })
    },
  )

  requirement(
    'L-011',
    'a ledger elsewhere that lost its memory leaves that of the database as it is',
    async () => {
      const url = await newDatabase()
      const db = await databaseAt(url)
      const record = prismaEpochRecord(db)
      expect(await record.read()).toBeUndefined()
      await Promise.all(['one', 'another', 'one'].map((epoch) => record.write(epoch)))
      await record.write('the last')
      expect(await record.read()).toBe('the last')
      // Another process, with connections of its own: each looks whether the tables are still where they were.
      const { ledger } = postgresStores(await databaseAt(url))
      expect(await ledger.remember(entry)).toBe(true)
      expect(ledger.epoch?.().since).toBe(0)
    },
  )

  requirement('T-002', 'of eight exchanges of one code over three replicas one is granted', async () => {
    const url = await newDatabase()
    const replicas = (await Promise.all([1, 2, 3].map(() => databaseAt(url)))).map(postgresStores)
    for (let i = 0; i < 20; i++) {
      const hash = `code ${i}`
      const code = { hash, request: {} as never, subject: 's', authTime: now, expiresAt: now + 60 }
      await replicas[0]?.grantStore.commit([{ do: 'insert code', code }])
      const grants = Array.from({ length: 8 }, (_, racer) => `grant ${i} ${racer}`)
      const lost = await Promise.all(
        grants.map((id, racer) => {
          const grant = { id, clientId: 'c', subject: 's', scope: [], resources: [], authTime: now }
          return replicas[racer % 3]?.grantStore.commit([
            { do: 'remember', ...entry, key: id },
            { do: 'consume code', hash, grantId: id, at: now },
            { do: 'insert grant', grant: { ...grant, createdAt: now, expiresAt: now + 60 } },
          ])
        }),
      )
      const winners = grants.filter((_, racer) => lost[racer] === undefined)
      expect(winners).toHaveLength(1)
      expect(await replicas[1]?.grantStore.findCode(hash)).toMatchObject({ grantId: winners[0] })
      const kept = await Promise.all(grants.map((id) => replicas[2]?.grantStore.findGrant(id)))
      expect(kept.filter(Boolean).map((grant) => grant?.id)).toEqual(winners)
    }
  })

  requirement('L-004', 'a server whose answer is about something else has accepted nothing', async () => {
    for (const rows of [undefined, [], [{ key: Buffer.from('another key') }], [{ key: 'text' }], [{}]]) {
      const pool = { query: async () => ({ rows }) } as never
      const { remember } = postgresLedger({ pool, epoch: () => ({ id: '', since: 0 }) })
      const answer = await remember(entry).catch((error: unknown) => error)
      if (answer !== false) expect(answer).toMatchObject(refusal)
    }
  })

  requirement('L-004', 'refuses what it cannot write, still reads, and recovers by itself', async () => {
    const url = await newDatabase()
    const db = await databaseAt(url)
    const { ledger, grantStore, clients, sweep, consents } = postgresStores(db)
    const name = new URL(url).pathname.slice(1)
    await queryOnce(server().url(), `ALTER DATABASE ${name} SET default_transaction_read_only = on`)
    await queryOnce(
      server().url(),
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    )
    await expect(ledger.remember(entry)).rejects.toMatchObject(refusal)
    await expect(grantStore.commit([{ do: 'remember', ...entry }])).rejects.toMatchObject(refusal)
    await expect(
      consents.save({ subject: 's', clientId: 'c', scope: [], grantedAt: now }),
    ).rejects.toMatchObject(refusal)
    await expect(sweep(now)).rejects.toMatchObject(refusal)
    expect(await clients.find('c')).toBeUndefined()
    await queryOnce(server().url(), `ALTER DATABASE ${name} RESET default_transaction_read_only`)
    await queryOnce(
      server().url(),
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
    )
    expect(await vi.waitFor(() => ledger.remember(entry), { timeout: 20_000 })).toBe(true)
  })

  requirement(
    'L-005',
    'refuses while it waits too long for another writer, and says nothing was accepted',
    async () => {
      const url = await newDatabase()
      const db = await databaseAt(url, { connection: 20_000, statement: 500, idle: 20_000 })
      const { ledger } = postgresStores(db)
      const other = await db.pool.connect()
      await other.query('BEGIN')
      await other.query('LOCK TABLE ledger IN ACCESS EXCLUSIVE MODE')
      await expect(ledger.remember(entry)).rejects.toMatchObject(refusal)
      await other.query('ROLLBACK')
      other.release()
      // The server ended the statement, so here it is known that nothing was written; either answer is safe, once.
      const answers = [await ledger.remember(entry), await ledger.remember(entry)]
      expect(answers[1]).toBe(false)
    },
  )

  requirement(
    ['L-014', 'L-023'],
    'refuses while the server is gone, recovers by itself, and has what it acknowledged after kill -9',
    async () => {
      const db = await databaseAt(await newDatabase())
      const { ledger, clients } = postgresStores(db)
      expect(await ledger.remember(entry)).toBe(true)
      server().signal('SIGKILL')
      await vi.waitFor(() => expect(ledger.remember({ ...entry, key: 'x' })).rejects.toMatchObject(refusal))
      await expect(clients.find('c')).rejects.toMatchObject(refusal)
      await expect(db.ping()).rejects.toMatchObject(refusal)
      await server().restart()
      expect(await vi.waitFor(() => ledger.remember(entry), { timeout: 30_000 })).toBe(false)
    },
  )

  requirement(
    'L-017',
    'a server that only repeats what another one wrote decides nothing, however little it lags behind',
    async () => {
      const db = await databaseAt(await newDatabase())
      const { ledger, grantStore } = postgresStores(db)
      expect(await ledger.remember(entry)).toBe(true)
      const standby = join(server().directory, 'data/standby.signal')
      writeFileSync(standby, '')
      await server().restart()
      const inRecovery = () => db.pool.query('SELECT pg_is_in_recovery() AS standby')
      expect((await vi.waitFor(inRecovery, { timeout: 30_000 })).rows).toEqual([{ standby: true }])
      for (const key of [entry.key, 'new']) {
        await expect(ledger.remember({ ...entry, key })).rejects.toMatchObject(refusal)
        await expect(grantStore.commit([{ do: 'remember', ...entry, key }])).rejects.toMatchObject(refusal)
      }
      rmSync(standby)
      await server().restart()
      expect(await vi.waitFor(() => ledger.remember(entry), { timeout: 30_000 })).toBe(false)
    },
  )

  test('refuses the one request that it cannot write, not those that came with it', async () => {
    const { ledger } = postgresStores(await databaseAt(await newDatabase()))
    const [before, poison, after] = await Promise.allSettled([
      ledger.remember({ ...entry, key: 'before' }),
      ledger.remember({ ...entry, expiresAt: 'no number' as never }),
      ledger.remember({ ...entry, key: 'after' }),
    ])
    expect(before).toMatchObject({ value: true })
    expect(poison).toMatchObject({ reason: refusal })
    expect(after).toMatchObject({ value: true })
  })

  test('refuses a database that was never prepared, and shows no password', async () => {
    await queryOnce(server().url(), 'CREATE DATABASE empty')
    await expect(openPostgres({ url: server().url('empty') })).rejects.toThrow('is not migrated yet')
  })
})
