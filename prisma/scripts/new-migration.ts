// npm run migration -w @keybound/prisma -- <name>: writes the migration that brings the tables to the models, in Prisma's layout, for
// SQLite and for PostgreSQL. For PostgreSQL it needs an empty database to try in: EMPTY_DATABASE_URL.
// Read them before you commit them: what Prisma cannot say (WITHOUT ROWID) is written in by hand.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { differenceFromModels } from '../src/migrate/difference-from-models.ts'
import { migrateDatabase } from '../src/migrate/migrate-database.ts'
import { migrationsDirectory } from '../src/migrate/read-migrations.ts'
import { providerOf } from '../src/provider.ts'

const [name = ''] = process.argv.slice(2)
const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const temporary = mkdtempSync(join(tmpdir(), 'keybound-migration-'))
try {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error('Give it a name in snake_case: what it does')
  await write(join(temporary, 'migrated.db'))
  const { EMPTY_DATABASE_URL } = process.env
  if (EMPTY_DATABASE_URL) await write(EMPTY_DATABASE_URL)
  else console.log('No migration for PostgreSQL: set EMPTY_DATABASE_URL to a database to try it in')
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(temporary, { recursive: true })
}
process.exit()

async function write(database: string): Promise<void> {
  await migrateDatabase(database)
  const sql = await differenceFromModels(database)
  if (sql === undefined) {
    console.log(`The migrations for ${providerOf(database)} already make what the models describe`)
    return
  }
  const directory = join(migrationsDirectory(providerOf(database)), `${timestamp}_${name}`)
  mkdirSync(directory)
  writeFileSync(join(directory, 'migration.sql'), sql)
  console.log(`${directory}/migration.sql\nRead it, then: npm run generate`)
}
