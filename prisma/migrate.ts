// migrate: applies what is missing to the database that standard input names. A process of its own, because the engine lets go of an
// SQLite file only when its process ends.
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { applyMigrations } from './src/migrate/apply-migrations.ts'

try {
  for (const name of await applyMigrations(await text(process.stdin))) console.log(`applied ${name}`)
  process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
