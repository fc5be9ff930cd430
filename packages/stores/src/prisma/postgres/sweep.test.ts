import { describeWith } from '@keybound/testkit/describe-with'
import { afterEach, expect, test } from 'vitest'
import { openPostgres, type PostgresDatabase } from './open-postgres.ts'
import { sweepPostgres } from './sweep.ts'
import { migratedDatabases, patient } from './testing/migrated-databases.ts'

const now = 1_800_000_000

describeWith(['PostgreSQL'], 'the sweep of the ledger on PostgreSQL', () => {
  const { newDatabase } = migratedDatabases()
  let db: PostgresDatabase
  afterEach(() => db.close())

  /** Rows of which every third has ended, in the order in which they came. */
  const fill =
    'INSERT INTO ledger SELECT uuid_send(gen_random_uuid()), $1 + (i % 3) FROM generate_series(1, 3000) i'
  const ends = 'SELECT expires_at, count(*)::int FROM ledger GROUP BY expires_at ORDER BY expires_at'
  const pages = 'SELECT count(DISTINCT (ctid::text::point)[0])::int AS count FROM ledger'

  test('forgets what ended on every page, keeps the rest', async () => {
    db = await openPostgres({ url: await newDatabase(), limits: patient })
    await db.pool.query(fill, [now - 1])
    expect((await db.pool.query(pages)).rows[0].count).toBeGreaterThan(10)
    await sweepPostgres(db, now)
    expect((await db.pool.query(ends)).rows).toEqual([
      { expires_at: now, count: 1000 },
      { expires_at: now + 1, count: 1000 },
    ])
    await sweepPostgres(db, now + 2)
    expect((await db.pool.query(ends)).rows).toEqual([])
  })

  test('forgets through several replicas at once what it forgets through one', async () => {
    db = await openPostgres({ url: await newDatabase(), limits: patient })
    await db.pool.query(fill, [now - 1])
    await Promise.all([sweepPostgres(db, now), sweepPostgres(db, now), sweepPostgres(db, now + 1)])
    expect((await db.pool.query(ends)).rows).toEqual([{ expires_at: now + 1, count: 1000 }])
  })
})
