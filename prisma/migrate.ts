// migrate <file>: applies what is missing to one SQLite file. A process of its own, because the engine lets go of the file
// only when its process ends.
import process from 'node:process'
import { applyMigrations } from './src/migrate/apply-migrations.ts'

const [file] = process.argv.slice(2)
if (!file) throw new TypeError('Usage: migrate <file>')

try {
  for (const name of await applyMigrations(file)) console.log(`applied ${name}`)
  process.exit(0)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
