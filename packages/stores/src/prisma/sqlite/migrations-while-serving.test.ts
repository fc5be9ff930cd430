import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { requirement } from '@keybound/testkit'
import Connection from 'better-sqlite3'
import { expect } from 'vitest'
import { prepareRemember } from './ledger.ts'

const migrations = new URL('../../../../../prisma/migrations/sqlite/', import.meta.url)
const now = 1_800_000_000

requirement('L-021', 'while the tables of SQLite are migrated, no key is new twice', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'keybound-migrating-'))
  const file = join(directory, 'auth.db')
  const [administrator, server] = [new Connection(file), new Connection(file)]
  administrator.pragma('journal_mode = WAL')
  const counts = new Map<string, number>()
  let remember: ReturnType<typeof prepareRemember> | undefined
  const ask = (key: string) => {
    // This build's statement needs columns that an older table does not have: then nothing is accepted.
    try {
      remember ??= prepareRemember(server)
      if (remember({ key, expiresAt: now + 20, now })) counts.set(key, (counts.get(key) ?? 0) + 1)
    } catch (error) {
      expect(String(error)).toContain('SqliteError')
    }
  }
  const names = (await readdir(migrations)).filter((name) => /^\d/.test(name)).sort()
  for (const name of names) {
    const sql = await readFile(new URL(`${name}/migration.sql`, migrations), 'utf8')
    for (const statement of sql.split(/;\s*$/m).filter((text) => text.trim() !== '')) {
      administrator.exec(statement)
      for (const key of [...counts.keys(), name, `${name} ${statement}`]) ask(key)
    }
  }
  for (const key of counts.keys()) ask(key)
  expect(counts.size).toBeGreaterThan(0)
  expect([...counts.values()].filter((count) => count !== 1)).toEqual([])
  administrator.close()
  server.close()
  await rm(directory, { recursive: true })
})
