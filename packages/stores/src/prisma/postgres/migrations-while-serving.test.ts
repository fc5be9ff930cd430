import { readdir, readFile } from 'node:fs/promises'
import { firstEpoch } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { describeWith } from '@keybound/testkit/describe-with'
import { expect } from 'vitest'
import { postgresLedger } from './ledger.ts'
import { openPool } from './open-pool.ts'
import { migratedDatabases, patient, queryOnce } from './testing/migrated-databases.ts'

const migrations = new URL('../../../../../prisma/migrations/postgresql/', import.meta.url)
const now = 1_800_000_000

describeWith(['PostgreSQL'], 'a PostgreSQL that is migrated', () => {
  const { server } = migratedDatabases()

  requirement('L-021', 'while the tables are migrated, no key is new twice', async () => {
    await queryOnce(server().url(), 'CREATE DATABASE migrating')
    const url = server().url('migrating')
    const pool = openPool(url, async () => {}, patient)
    const { remember } = postgresLedger({ pool, epoch: () => firstEpoch })
    const counts = new Map<string, number>()
    const ask = async (key: string) => {
      // Before its table is there nothing is accepted.
      const isNew = await remember({ key, expiresAt: now + 20, now }).catch(() => false)
      if (isNew) counts.set(key, (counts.get(key) ?? 0) + 1)
    }
    let isMigrating = true
    const asking = Array.from({ length: 4 }, async (_, caller) => {
      for (let i = 0; isMigrating; i++) await Promise.all([ask(`${i}`), ask(`${i}`), ask(`${caller}`)])
    })
    const names = (await readdir(migrations)).filter((name) => /^\d/.test(name)).sort()
    for (const name of names) {
      await queryOnce(url, await readFile(new URL(`${name}/migration.sql`, migrations), 'utf8'))
    }
    await ask('after')
    isMigrating = false
    await Promise.all(asking)
    await Promise.all([...counts.keys()].map(ask))
    expect(counts.size).toBeGreaterThan(0)
    expect([...counts].filter(([, count]) => count !== 1)).toEqual([])
    await pool.end()
  })
})
