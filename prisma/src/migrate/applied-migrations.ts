import Database from 'better-sqlite3'
import pg from 'pg'
import { providerOf, shownDatabase } from '../provider.ts'
import { patience } from './patience.ts'

/** A row of Prisma's own bookkeeping. */
export interface AppliedMigration {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
}

const select = `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
  FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`

/** What was applied to the database so far, in order; nothing where it is empty. Throws Error where it cannot be reached. */
export async function appliedMigrations(database: string): Promise<readonly AppliedMigration[]> {
  if (providerOf(database) === 'sqlite') {
    const connection = new Database(database, { timeout: patience })
    try {
      return appliedToSqlite(connection)
    } finally {
      connection.close()
    }
  }
  const client = new pg.Client({ connectionString: database, connectionTimeoutMillis: patience })
  await client.connect().catch((cause: NodeJS.ErrnoException) => {
    // Where a name has several addresses the error has a code alone.
    const why = cause.message || cause.code
    throw new Error(`DATABASE_URL: ${shownDatabase(database)} cannot be reached: ${why}`, { cause })
  })
  try {
    return await appliedToPostgres(client)
  } finally {
    await client.end()
  }
}

/** The same over a connection that is open. */
export function appliedToSqlite(connection: Database.Database): readonly AppliedMigration[] {
  const table = `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_prisma_migrations'`
  if (connection.prepare(table).get() === undefined) return []
  const rows = connection.prepare<[], Omit<AppliedMigration, 'finished'> & { finished: number }>(select)
  return rows
    .safeIntegers(false)
    .all()
    .map(({ finished, ...row }) => ({ ...row, finished: finished === 1 }))
}

async function appliedToPostgres(client: Pick<pg.ClientBase, 'query'>): Promise<readonly AppliedMigration[]> {
  const table = await client.query(`SELECT to_regclass('_prisma_migrations') AS name`)
  if (table.rows[0]?.name === null) return []
  return (await client.query<AppliedMigration>(select)).rows
}
