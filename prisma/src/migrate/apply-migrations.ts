import { migrationsDirectory, readMigrations } from './read-migrations.ts'
import { openSchemaEngine } from './schema-engine.ts'

/**
 * Applies what is missing and returns the names. The file stays locked until this process ends: see migrateDatabase.
 * Throws Error with Prisma's message where a migration fails; what it did before is not taken back.
 */
export async function applyMigrations(file: string): Promise<readonly string[]> {
  const engine = await openSchemaEngine(file)
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: migrationList(),
    filters: { externalTables: [], externalEnums: [] },
  })
  return appliedMigrationNames
}

/** The migrations in the shape in which the engine wants them. */
export function migrationList() {
  return {
    baseDir: migrationsDirectory,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "sqlite"\n' },
    shadowDbInitScript: '',
    migrationDirectories: readMigrations().map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: sql } },
    })),
  }
}
