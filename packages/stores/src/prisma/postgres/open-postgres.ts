import {
  appliedToPostgres,
  migrationState,
  migrations,
  PostgresClient,
  type PrismaClient,
  shownDatabase,
} from '@keybound/prisma'
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { answered } from '../../unavailable.ts'
import type { Database } from '../database.ts'
import { openPool } from './open-pool.ts'

/** A PostgreSQL database, and the connections that this process has to it. */
export interface PostgresDatabase extends Database {
  readonly pool: pg.Pool
}

/**
 * Opens `postgresql://<user>@<host>/<database>`. It must have been prepared: this process migrates nothing, and its role needs no right to.
 *
 * Throws Error where the database cannot be reached, or where its migrations are not those that this build was made for (older or newer).
 */
export async function openPostgres({ url }: { readonly url: string }): Promise<PostgresDatabase> {
  const pool = openPool(url)
  try {
    const name = shownDatabase(url)
    if (migrationState(name, await appliedToPostgres(pool), migrations.postgresql) !== 'current') {
      throw new Error(`${name} is not migrated yet: run npm run prepare:data -w @keybound/prisma`)
    }
  } catch (error) {
    await pool.end()
    throw error
  }
  const prisma = new PostgresClient({ adapter: new PrismaPg(pool) }) as unknown as PrismaClient
  return {
    prisma,
    pool,
    ping: async () => void (await answered(pool.query('SELECT 1'))),
    async close() {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}
