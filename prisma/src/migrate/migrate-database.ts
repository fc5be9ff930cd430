import { execFile } from 'node:child_process'
import { chmodSync, closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { migrationState } from './migration-state.ts'
import { patience } from './patience.ts'
import { readMigrations } from './read-migrations.ts'

const fromSource = import.meta.url.endsWith('.ts')
const script = fileURLToPath(new URL(fromSource ? '../../migrate.ts' : './migrate.js', import.meta.url))

/**
 * Brings the SQLite file up to the newest migration, making it (0600) where it is missing. Where nothing is to do it takes a
 * moment; otherwise Prisma's engine works in a child process, because the file stays locked until that process ends.
 *
 * Throws Error where a migration fails, or where the history is failed, edited or newer than this code.
 */
export async function migrateDatabase(
  file: string,
  report: (line: string) => void = () => {},
): Promise<void> {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
  if (stateOf(file) === 'current') return
  await applyInChild(file)
  report(`migrated ${file}`)
  if (stateOf(file) !== 'current') throw new Error(`The migrations of ${file} were not applied`)
}

function stateOf(file: string): 'current' | 'behind' {
  const connection = new Database(file, { timeout: patience })
  try {
    return migrationState(connection, readMigrations())
  } finally {
    connection.close()
  }
}

async function applyInChild(file: string): Promise<void> {
  const loader = fromSource ? ['--import', 'tsx'] : []
  try {
    await promisify(execFile)(process.execPath, [...loader, script, file], { cwd: dirname(script) })
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(`The migrations of ${file} failed: ${said || error}`)
  }
}
