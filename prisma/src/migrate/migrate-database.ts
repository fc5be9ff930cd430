import { execFile } from 'node:child_process'
import { chmodSync, closeSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import Database from 'better-sqlite3'
import { providerOf, shownDatabase } from '../provider.ts'
import { appliedMigrations } from './applied-migrations.ts'
import { migrationState } from './migration-state.ts'
import { patience } from './patience.ts'
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
  const giveUpTurn = providerOf(database) === 'sqlite' ? takeTurn(database) : () => {}
  try {
    if ((await stateOf(database)) === 'current') return
    await applyInChild(database)
  } finally {
    giveUpTurn()
  }
  report(`migrated ${shownDatabase(database)}`)
  if ((await stateOf(database)) !== 'current')
    throw new Error(`The migrations of ${shownDatabase(database)} were not applied`)
}

async function stateOf(database: string): Promise<'current' | 'behind'> {
  const known = readMigrations(providerOf(database))
  return migrationState(shownDatabase(database), await appliedMigrations(database), known)
}

/**
 * Waits until no other process migrates this file. Two engines that have both read it would wait for each other for ever, since each keeps
 * its read lock until it ends. The lock is on an empty file beside it, which stays, and ends with this process; PostgreSQL's engine has a lock of its own.
 */
function takeTurn(database: string): () => void {
  const file = `${database}-migrating`
  closeSync(openSync(file, 'a', 0o600))
  const lock = new Database(file, { timeout: patience })
  lock.exec('BEGIN EXCLUSIVE')
  return () => lock.close()
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
