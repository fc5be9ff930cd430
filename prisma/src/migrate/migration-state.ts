import type { Database } from 'better-sqlite3'

interface AppliedMigration {
  readonly name: string
  readonly checksum: string
  readonly finished: 0 | 1
}

/**
 * Compares the history of a database, in Prisma's own bookkeeping, with the migrations that this code was written for.
 * `behind` also means empty.
 *
 * Throws Error, with what to do, where the history holds a migration that failed, that was edited since, or that this code does not know.
 * Does not check: that the tables are what the migrations made.
 */
export function migrationState(
  connection: Database,
  known: readonly { readonly name: string; readonly checksum: string }[],
): 'current' | 'behind' {
  const applied = appliedMigrations(connection)
  for (const [i, { name, checksum, finished }] of applied.entries()) {
    if (!finished) {
      throw new Error(
        `The migration ${name} of ${connection.name} failed half-way. Restore a backup, or empty the data directory ` +
          'with `npm run reset`; if you repaired the tables by hand, say so with `npx prisma migrate resolve`.',
      )
    }
    const expected = known[i]
    if (expected?.name !== name) {
      throw new Error(
        `${connection.name} was migrated by another version of Keybound: it has ${name}, which is not known here. ` +
          'Start the version that made it, or a newer one.',
      )
    }
    if (expected.checksum !== checksum) {
      throw new Error(
        `The migration ${name} was edited after it had been applied to ${connection.name}. ` +
          'Put its migration.sql back as it was and write a new migration instead.',
      )
    }
  }
  return applied.length === known.length ? 'current' : 'behind'
}

function appliedMigrations(connection: Database): readonly AppliedMigration[] {
  const table = `SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = '_prisma_migrations'`
  if (connection.prepare(table).get() === undefined) return []
  return connection
    .prepare<[], AppliedMigration>(
      `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name`,
    )
    .safeIntegers(false)
    .all()
}
