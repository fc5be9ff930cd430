import { statSync } from 'node:fs'
import { requirement } from '@keybound/testkit'
import Connection from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openSqlite, type SqliteDatabase } from './open-sqlite.ts'
import { sqliteStores } from './sqlite-stores.ts'
import { migratedFiles } from './testing/migrated-files.ts'

const newFile = migratedFiles()
const now = 1_800_000_000
const refusal = { code: 'temporarily_unavailable', reason: 'store.available' }
const entry = { key: 'key', expiresAt: now + 20, now }

/** Every way into the stores, each of which has to be refused. */
function everyCall(db: SqliteDatabase): (() => Promise<unknown>)[] {
  const stores = sqliteStores(db)
  const request = { clientId: 'c' } as never
  return [
    () => stores.ledger.remember(entry),
    () => stores.grantStore.commit([{ do: 'remember', ...entry }]),
    () => stores.grantStore.commit([{ do: 'revoke grant', grantId: 'g', at: now }]),
    () =>
      stores.pushedRequests.insert({ hash: 'h', clientId: 'c', request, expiresAt: now }, { most: 9, now }),
    () => stores.consents.save({ subject: 's', clientId: 'c', scope: [], grantedAt: now }),
    () => stores.sweep(now),
  ]
}

describe('a store that cannot answer', () => {
  requirement('L-004', 'refuses when the connection is gone, reads included', async () => {
    const db = await openSqlite({ url: `file:${await newFile()}` })
    const calls = everyCall(db)
    const { clients, grantStore, revocations } = sqliteStores(db)
    await db.close()
    for (const call of calls) await expect(call()).rejects.toMatchObject(refusal)
    await expect(clients.find('c')).rejects.toMatchObject(refusal)
    await expect(grantStore.findCode('c')).rejects.toMatchObject(refusal)
    await expect(revocations.isRevoked({ jtiHash: 'j' })).rejects.toMatchObject(refusal)
  })

  test('refuses every write when the file cannot be written, still reads, and recovers by itself', async () => {
    const db = await openSqlite({ url: `file:${await newFile()}` })
    const { ledger, clients } = sqliteStores(db)
    db.connection.pragma('query_only = ON')
    for (const call of everyCall(db)) await expect(call()).rejects.toMatchObject(refusal)
    expect(await clients.find('c')).toBeUndefined()
    db.connection.pragma('query_only = OFF')
    expect(await ledger.remember(entry)).toBe(true)
    await db.close()
  })

  requirement(
    'L-015',
    'refuses when the disk is full, and then accepts what was refused, and nothing twice',
    async () => {
      const db = await openSqlite({ url: `file:${await newFile()}` })
      const { ledger, sweep } = sqliteStores(db)
      const pages = Number(db.connection.pragma('page_count', { simple: true }))
      db.connection.pragma(`max_page_count = ${pages}`)
      const outcomes = await Promise.allSettled(
        Array.from({ length: 5000 }, (_, i) => ledger.remember({ ...entry, key: `${i}` })),
      )
      const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
      expect(refused.length).toBeGreaterThan(0)
      for (const { reason } of refused) expect(reason).toMatchObject(refusal)
      await sweep(now)
      db.connection.pragma('max_page_count = 1000000')
      const again = await Promise.all(outcomes.map((_, i) => ledger.remember({ ...entry, key: `${i}` })))
      expect(again).toEqual(outcomes.map(({ status }) => status === 'rejected'))
      await db.close()
    },
  )

  requirement(
    'L-016',
    'goes on while somebody reads for long, until the log is as large as it may be; then refuses, and recovers by itself',
    async () => {
      const file = await newFile()
      const logLimit = 2_000_000
      const db = await openSqlite({ url: `file:${file}`, logLimit })
      const { ledger, clients } = sqliteStores(db)
      const reader = new Connection(file)
      reader.exec('BEGIN')
      reader.prepare('SELECT count(*) FROM ledger').get()
      const ask = (i: number) => ledger.remember({ ...entry, key: `${i}` })
      const accepted: number[] = []
      let refused: unknown
      for (let i = 0; refused === undefined && i < 10_000; i++) {
        await ask(i).then(
          () => accepted.push(i),
          (error: unknown) => {
            refused = error
          },
        )
      }
      expect(refused).toMatchObject(refusal)
      expect(accepted.length).toBeGreaterThan(100)
      await expect(ask(-1)).rejects.toMatchObject(refusal)
      expect(await clients.find('c'), 'it still reads').toBeUndefined()
      // Beyond it by what was written between two looks, a few pages for each commit.
      expect(statSync(`${file}-wal`).size).toBeLessThan(logLimit + 64 * 8 * 4152)
      reader.exec('COMMIT')
      expect(await ask(-1)).toBe(true)
      expect(statSync(`${file}-wal`).size).toBeLessThan(logLimit)
      for (const i of accepted) expect(await ask(i)).toBe(false)
      reader.close()
      await db.close()
    },
  )

  test('waits for another process that holds the file, and refuses after two seconds (OPS-35)', async () => {
    const file = await newFile()
    const db = await openSqlite({ url: `file:${file}` })
    const { ledger, consents } = sqliteStores(db)
    const other = new Connection(file)
    other.exec('BEGIN IMMEDIATE')
    setTimeout(() => other.exec('COMMIT'), 300)
    const consent = { subject: 'alice', clientId: 'web', scope: [], grantedAt: now }
    expect(await Promise.all([ledger.remember(entry), consents.save(consent)])).toEqual([true, undefined])
    other.exec('BEGIN IMMEDIATE')
    await expect(ledger.remember({ ...entry, key: 'other' })).rejects.toMatchObject(refusal)
    other.exec('COMMIT')
    expect(await ledger.remember({ ...entry, key: 'other' })).toBe(true)
    other.close()
    await db.close()
  })

  test('refuses the one request that it cannot write, not those that came with it', async () => {
    const db = await openSqlite({ url: `file:${await newFile()}` })
    const { ledger } = sqliteStores(db)
    const [before, poison, after] = await Promise.allSettled([
      ledger.remember({ ...entry, key: 'before' }),
      ledger.remember({ ...entry, expiresAt: {} as never }),
      ledger.remember({ ...entry, key: 'after' }),
    ])
    expect(before).toMatchObject({ value: true })
    expect(poison).toMatchObject({ reason: refusal })
    expect(after).toMatchObject({ value: true })
    await db.close()
  })

  test('says nothing about itself to the outside', async () => {
    const db = await openSqlite({ url: `file:${await newFile()}` })
    const { ledger } = sqliteStores(db)
    db.connection.exec('DROP TABLE ledger_sweep')
    const error = await ledger.remember(entry).catch((error: unknown) => error)
    expect(error).toMatchObject({ ...refusal, description: 'store.available: The store cannot answer' })
    expect(error).toHaveProperty('cause.message', 'no such table: ledger_sweep')
    await db.close()
  })
})
