// npm run restore -- <folder>: puts a backup back and begins a new epoch, since what was used after the backup is not in it. Keybound must not be running.
import { randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { claimData } from './claim-data.mjs'
import { databases, privateFiles } from './data-files.mjs'
import { loadDotEnv, readSettings } from './settings.mjs'
import { complain, say, Trouble } from './terminal.mjs'

/**
 * Codes, pushed requests and visits that may have been used since, and refresh tokens that may have been rotated since. Users sign in again; what they
 * allowed, their accounts and the clients stay.
 */
const forgotten = [
  'DELETE FROM codes',
  'DELETE FROM pushed_requests',
  'DELETE FROM transactions',
  'DELETE FROM sessions',
  'DELETE FROM refresh_tokens',
  'UPDATE grants SET revoked_at = @now WHERE revoked_at IS NULL',
]

try {
  loadDotEnv()
  restore(readSettings().data, process.argv[2])
} catch (error) {
  complain(error)
  process.exit(1)
}

/** @param {string} data @param {string | undefined} folder */
function restore(data, folder) {
  if (!folder) throw new Trouble('Say where from: npm run restore -- <folder>')
  const source = resolve(folder)
  const found = databases.filter((name) => existsSync(join(source, name)))
  if (found.length === 0) throw new Trouble(`There is no backup in ${source}`)
  mkdirSync(data, { recursive: true, mode: 0o700 })
  claimData(data)
  for (const name of found) {
    for (const file of [name, `${name}-wal`, `${name}-shm`, `${name}-journal`])
      rmSync(join(data, file), { force: true })
    cpSync(join(source, name), join(data, name))
  }
  for (const name of privateFiles)
    if (existsSync(join(source, name))) cpSync(join(source, name), join(data, name), { recursive: true })
  const epoch = { epoch: randomUUID(), now: Date.now() / 1000 }
  for (const name of found) beginEpoch(join(data, name), epoch)
  say(
    `Restored ${found.join(', ')}, secrets and keys from ${source}. A new epoch has begun: proofs from before are refused, and users sign in again.`,
  )
}

/** @param {string} file @param {{ epoch: string, now: number }} epoch */
function beginEpoch(file, epoch) {
  const Database = createRequire(import.meta.url)('better-sqlite3')
  const database = new Database(file, { fileMustExist: true })
  database.transaction(() => {
    database.prepare('UPDATE ledger_sweep SET epoch = @epoch, epoch_since = @now WHERE id = 1').run(epoch)
    if (file.endsWith('auth.db'))
      for (const statement of forgotten)
        database.prepare(statement).run(statement.includes('@now') ? { now: epoch.now } : {})
  })()
  database.close()
}
