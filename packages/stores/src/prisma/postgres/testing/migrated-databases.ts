import { migrateDatabase } from '@keybound/prisma/migrate'
import { type Postgres, startPostgres } from '@keybound/testkit/servers'
import pg from 'pg'
import { afterAll, beforeAll, vi } from 'vitest'
import type { PoolLimits } from '../open-pool.ts'

/**
 * Starts a PostgreSQL for a test file and migrates one database; `newDatabase` makes a copy, empty and migrated, and gives its URL.
 */
export function migratedDatabases(): { readonly server: () => Postgres; newDatabase(): Promise<string> } {
  let server: Postgres | undefined
  let made = 0
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 })

  const running = (): Postgres => {
    if (!server) throw new TypeError('Ask for the server inside a test')
    return server
  }
  beforeAll(async () => {
    // Nobody pulls the plug during a test, and everything is deleted after it.
    server = await startPostgres({ fsync: 'off', max_connections: 200 })
    await queryOnce(server.url(), 'CREATE DATABASE migrated')
    await migrateDatabase(server.url('migrated'))
  })
  afterAll(() => server?.stop())

  return {
    server: running,
    async newDatabase() {
      const name = `copy_${made++}`
      await queryOnce(running().url(), `CREATE DATABASE ${name} TEMPLATE migrated`)
      return running().url(name)
    },
  }
}

/** So patient that a busy machine changes nothing. */
export const patient: PoolLimits = { connection: 30_000, statement: 30_000, idle: 30_000 }

/** A statement over a connection of its own, as an administrator would make it. */
export async function queryOnce<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}
