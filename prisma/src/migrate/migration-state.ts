import type { AppliedMigration } from './applied-migrations.ts'

/**
 * Compares the history of a database, in Prisma's own bookkeeping, with the migrations that this code was written for.
 * `behind` also means empty. `name` is how a message calls the database.
 *
 * Throws Error, with what to do, where the history holds a migration that failed, that was edited since, or that this code does not know.
 * Does not check: that the tables are what the migrations made.
 */
export function migrationState(
  name: string,
  applied: readonly AppliedMigration[],
  known: readonly { readonly name: string; readonly checksum: string }[],
): 'current' | 'behind' {
  for (const [i, { name: migration, checksum, finished }] of applied.entries()) {
    if (!finished) {
      throw new Error(
        `The migration ${migration} of ${name} failed half-way. Restore a backup, or empty the data directory ` +
          'with `npm run reset`; if you repaired the tables by hand, say so with `npx prisma migrate resolve`.',
      )
    }
    const expected = known[i]
    if (expected?.name !== migration) {
      throw new Error(
        `${name} was migrated by another version of Keybound: it has ${migration}, which is not known here. ` +
          'Start the version that made it, or a newer one.',
      )
    }
    if (expected.checksum !== checksum) {
      throw new Error(
        `The migration ${migration} was edited after it had been applied to ${name}. ` +
          'Put its migration.sql back as it was and write a new migration instead.',
      )
    }
  }
  return applied.length === known.length ? 'current' : 'behind'
}
