import { execFile } from 'node:child_process'
import { chmodSync, closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { providerOf, shownDatabase } from '../provider.ts'
import { appliedMigrations } from './applied-migrations.ts'
import { migrationState } from './migration-state.ts'
import { readMigrations } from './read-migrations.ts'

const fromSource = import.meta.url.endsWith('.ts')
const script = fileURLToPath(new URL(fromSource ? '../../migrate.ts' : './migrate.js', import.meta.url))

/**
 * Brings the database up to the newest migration: an SQLite file, which is made (0600) where it is missing, or the PostgreSQL database
 * of that URL, which must exist. Where nothing is to do it takes a moment; otherwise Prisma's engine works in a child process, because
 * an SQLite file stays locked until that process ends.
 *
 * Throws Error where a migration fails, or where the history is failed, edited or newer than this code.
 */
export async function migrateDatabase(
  database: string,
  report: (line: string) => void = () => {},
): Promise<void> {
  if (providerOf(database) === 'sqlite') {
    closeSync(openSync(database, 'a', 0o600))
    chmodSync(database, 0o600)
  }
  if ((await stateOf(database)) === 'current') return
  await applyInChild(database)
  report(`migrated ${shownDatabase(database)}`)
  if ((await stateOf(database)) !== 'current')
    throw new Error(`The migrations of ${shownDatabase(database)} were not applied`)
}

async function stateOf(database: string): Promise<'current' | 'behind'> {
  const known = readMigrations(providerOf(database))
  return migrationState(shownDatabase(database), await appliedMigrations(database), known)
}

/** The database goes through standard input: a command line can be read by everybody, and a URL may hold a password. */
async function applyInChild(database: string): Promise<void> {
  const loader = fromSource ? ['--import', 'tsx'] : []
  const running = promisify(execFile)(process.execPath, [...loader, script], { cwd: dirname(script) })
  running.child.stdin?.end(database)
  try {
    await running
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : ''
    throw new Error(`The migrations of ${shownDatabase(database)} failed: ${said || error}`)
  }
}
