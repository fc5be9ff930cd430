// npm run backup -- <folder>: the SQLite default, while it runs: databases by SQLite's own online copy, secrets and keys as files.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import process from 'node:process'
import { databases, privateFiles } from './data-files.mjs'
import { loadDotEnv, readSettings } from './settings.mjs'
import { complain, say, Trouble } from './terminal.mjs'

try {
  loadDotEnv()
  await backup(readSettings().data, process.argv[2])
} catch (error) {
  complain(error)
  process.exit(1)
}

/** @param {string} data @param {string | undefined} folder */
async function backup(data, folder) {
  if (!folder) throw new Trouble('Say where to: npm run backup -- <folder>')
  const target = resolve(folder)
  const found = databases.filter((name) => existsSync(join(data, name)))
  if (found.length === 0)
    throw new Trouble(`There is no SQLite database in ${data}. PostgreSQL has its own tools: pg_dump.`)
  if (existsSync(target) && readdirSync(target).length > 0)
    throw new Trouble(`${target} is not empty: a backup has a folder of its own`)
  mkdirSync(target, { recursive: true, mode: 0o700 })
  chmodSync(target, 0o700)
  const Database = createRequire(import.meta.url)('better-sqlite3')
  for (const name of found) {
    const database = new Database(join(data, name), { readonly: true, fileMustExist: true })
    await database.backup(join(target, name))
    database.close()
    chmodSync(join(target, name), 0o600)
  }
  for (const name of privateFiles)
    if (existsSync(join(data, name))) cpSync(join(data, name), join(target, name), { recursive: true })
  say(
    `Backed up ${found.join(', ')}, secrets and keys to ${target}. Keep it as safe as the original: it holds the signing keys.`,
  )
}
