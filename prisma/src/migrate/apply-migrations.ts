import { type Provider, providerOf } from '../provider.ts'
import { migrationsDirectory, readMigrations } from './read-migrations.ts'
import { openSchemaEngine } from './schema-engine.ts'

/**
 * Applies what is missing and returns the names. An SQLite file stays locked until this process ends: see migrateDatabase.
 * Throws Error with Prisma's message where a migration fails; what it did before is not taken back.
 */
export async function applyMigrations(database: string): Promise<readonly string[]> {
  const engine = await openSchemaEngine(database)
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: migrationList(providerOf(database)),
    filters: { externalTables: [], externalEnums: [] },
  })
  return appliedMigrationNames
}

/** The migrations in the shape in which the engine wants them. */
function migrationList(provider: Provider) {
  return {
    baseDir: migrationsDirectory(provider),
    lockfile: { path: 'migration_lock.toml', content: `provider = "${provider}"\n` },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations(provider).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}
