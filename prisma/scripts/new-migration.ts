// npm run migration -w @keybound/prisma -- <name>: writes the migration that brings the tables to the models, in Prisma's layout.
// Read it before you commit it: what Prisma cannot say (WITHOUT ROWID) is written in by hand.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { differenceFromModels } from '../src/migrate/difference-from-models.ts'
import { migrateDatabase } from '../src/migrate/migrate-database.ts'
import { migrationsDirectory } from '../src/migrate/read-migrations.ts'

const [name = ''] = process.argv.slice(2)
const temporary = mkdtempSync(join(tmpdir(), 'keybound-migration-'))
try {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error('Give it a name in snake_case: what it does')
  await migrateDatabase(join(temporary, 'migrated.db'))
  const sql = await differenceFromModels(join(temporary, 'migrated.db'))
  if (sql === undefined) {
    console.log('The migrations already make what the models describe')
  } else {
    const timestamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
    const directory = join(migrationsDirectory, `${timestamp}_${name}`)
    mkdirSync(directory)
    writeFileSync(join(directory, 'migration.sql'), sql)
    console.log(`${directory}/migration.sql\nRead it, then: npm run generate`)
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  rmSync(temporary, { recursive: true })
}
process.exit()
