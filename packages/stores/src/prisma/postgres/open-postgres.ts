import { firstEpoch, type LedgerEpoch } from '@keybound/dpop'
import { type Clock, systemClock } from '@keybound/oauth'
import {
  appliedMigrations,
  migrationState,
  migrations,
  PostgresClient,
  type PrismaClient,
  shownDatabase,
} from '@keybound/prisma'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { answered } from '../../unavailable.ts'
import type { Database } from '../database.ts'
import { openPool, type PoolLimits } from './open-pool.ts'
import { readPostgresEpoch } from './postgres-epoch.ts'

/** A PostgreSQL database, and the connections that this process has to it. */
export interface PostgresDatabase extends Database {
  readonly pool: pg.Pool
  /** The memory of the server that answered last. */
  epoch(): LedgerEpoch
}

/**
 * Opens `postgresql://<user>@<host>/<database>`. It must have been prepared: this process migrates nothing, and its role needs no right to.
 *
 * Throws Error where the database cannot be reached, or where its migrations are not those that this build was made for (older or newer).
 */
export async function openPostgres({
  url,
  limits,
  clock = systemClock,
}: {
  readonly url: string
  /** By default those of docs/operations.md. */
  readonly limits?: PoolLimits
  readonly clock?: Clock
}): Promise<PostgresDatabase> {
  const name = shownDatabase(url)
  if (migrationState(name, await appliedMigrations(url), migrations.postgresql) !== 'current') {
    throw new Error(`${name} is not migrated yet: run npm run prepare:data -w @keybound/prisma`)
  }
  let epoch = firstEpoch
  const meet = async (client: pg.ClientBase) => {
    epoch = await readPostgresEpoch(client, clock)
  }
  await meetOnce(url, meet)
  const pool = openPool(url, meet, limits)
  const prisma = new PostgresClient({ adapter: new PrismaPg(pool) }) as unknown as PrismaClient
  return {
    prisma,
    pool,
    epoch: () => epoch,
    ping: async () => void (await answered(pool.query('SELECT 1'))),
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

/** The first meeting, as patient as a start may be. */
async function meetOnce(url: string, meet: (client: pg.ClientBase) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await meet(client)
  } finally {
    await client.end()
  }
}
