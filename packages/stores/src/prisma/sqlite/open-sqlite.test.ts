import { readdirSync, statSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { requirement } from '@keybound/testkit'
import Connection from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { openSqlite } from './open-sqlite.ts'
import { sqliteStores } from './sqlite-stores.ts'
import { migratedFiles } from './testing/migrated-files.ts'

const newFile = migratedFiles()
const now = 1_800_000_000

function change(file: string, sql: string): void {
  const connection = new Connection(file)
  connection.exec(sql)
  connection.close()
}

describe('opening a database', () => {
  test('refuses a file that was never prepared', async () => {
    await expect(openSqlite({ url: 'file:/nowhere/at.db' })).rejects.toThrow(
      'does not exist yet: run npm run',
    )
  })

  test('refuses a database that is older than this build', async () => {
    const file = await newFile()
    change(file, 'DELETE FROM _prisma_migrations')
    await expect(openSqlite({ url: `file:${file}` })).rejects.toThrow('is not migrated yet: run npm run')
  })

  requirement('N-018', 'refuses a database that is newer than this build', async () => {
    const file = await newFile()
    change(
      file,
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ('x', 'y', 1, '29991231000000_from_the_future', 1, 1)`,
    )
    await expect(openSqlite({ url: `file:${file}` })).rejects.toThrow('another version of Keybound')
  })

  test('keeps the file, its log and its index to their owner (OPS-42, OPS-48)', async () => {
    const file = await newFile()
    await chmod(file, 0o644)
    const db = await openSqlite({ url: `file:${file}` })
    await sqliteStores(db).ledger.remember({ key: 'key', expiresAt: now + 20, now })
    const files = readdirSync(dirname(file)).filter((name) => name.startsWith(basename(file)))
    expect(files.length).toBe(3)
    for (const name of files) expect(statSync(join(dirname(file), name)).mode & 0o777).toBe(0o600)
    await db.close()
  })
})

describe('one connection for Prisma and for what decides', () => {
  test('a commit waits for an open transaction of Prisma, and is not undone with it', async () => {
    const db = await openSqlite({ url: `file:${await newFile()}` })
    const { ledger, consents } = sqliteStores(db)
    const answers: unknown[] = []
    const consent = { subject: 'alice', clientId: 'web', scope: [], grantedAt: now }
    await db.prisma
      .$transaction(async (transaction) => {
        await transaction.user.create({
          data: {
            subject: 's',
            username: 'u',
            passwordHash: '',
            name: '',
            email: '',
            locale: '',
            updatedAt: 1,
          },
        })
        answers.push(
          ledger.remember({ key: 'key', expiresAt: now + 20, now }),
          consents.save(consent),
          consents.find('alice', 'web'),
        )
        await new Promise((resolve) => setTimeout(resolve, 50))
        throw new Error('taken back')
      })
      .catch((error) => expect(error.message).toBe('taken back'))
    expect(await Promise.all(answers)).toEqual([true, undefined, consent])
    expect(await db.prisma.user.count()).toBe(0)
    expect(await ledger.remember({ key: 'key', expiresAt: now + 20, now })).toBe(false)
    await db.close()
  })

  test('transactions of Prisma and commits take turns, fifty of each at once', async () => {
    const db = await openSqlite({ url: `file:${await newFile()}` })
    const { ledger } = sqliteStores(db)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => [
        db.prisma.$transaction([
          db.prisma.signingKey.create({ data: { kid: `${i}`, purpose: 'p', state: 's', createdAt: 1 } }),
          db.prisma.signingKey.count(),
        ]),
        ledger.remember({ key: `${i}`, expiresAt: now + 20, now }),
      ]).flat(),
    )
    expect(answers.filter((answer) => answer === true)).toHaveLength(50)
    expect(await db.prisma.signingKey.count()).toBe(50)
    await db.close()
  })
})
