import { execFile } from 'node:child_process'
import { chmodSync, statSync } from 'node:fs'
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describeWith } from '@keybound/testkit/describe-with'
import { startPostgres } from '@keybound/testkit/servers'
import Database from 'better-sqlite3'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { migrations } from '../../generated/migrations.ts'
import { migrateDatabase } from './migrate-database.ts'
import { readMigrations } from './read-migrations.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let directory = ''
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'keybound-migrate-'))
  await migrateDatabase(join(directory, 'migrated.db'))
})
afterAll(() => rm(directory, { recursive: true }))

function query<Row>(file: string, sql: string): Row[] {
  const connection = new Database(file)
  try {
    const statement = connection.prepare<[], Row>(sql)
    if (statement.reader) return statement.all()
    statement.run()
    return []
  } finally {
    connection.close()
  }
}

describe('migrating a database', () => {
  test('fills an empty file and the bookkeeping of Prisma, and a second time changes nothing', async () => {
    const file = join(directory, 'first.db')
    await migrateDatabase(file)
    const history =
      'SELECT migration_name, checksum, finished_at IS NOT NULL AS finished FROM _prisma_migrations'
    const rows = query(file, history)
    expect(rows).toEqual(
      readMigrations('sqlite').map(({ name, checksum }) => ({ migration_name: name, checksum, finished: 1 })),
    )
    const before = statSync(file).mtimeMs
    await migrateDatabase(file)
    expect(statSync(file).mtimeMs).toBe(before)
    expect(query(file, history)).toEqual(rows)
  })

  test('leaves the file to its owner alone', async () => {
    const file = join(directory, 'migrated.db')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    chmodSync(file, 0o644)
    await migrateDatabase(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  test('four processes at once apply each migration once', async () => {
    const file = join(directory, 'race.db')
    const script = fileURLToPath(new URL('./migrate-database.ts', import.meta.url))
    const code = `import(${JSON.stringify(script)}).then((m) => m.migrateDatabase(${JSON.stringify(file)}))`
    const run = () => promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', code])
    await Promise.all([run(), run(), run(), run()])
    expect(query(file, 'SELECT migration_name FROM _prisma_migrations')).toHaveLength(
      readMigrations('sqlite').length,
    )
  })

  test('makes the ledger one B-tree, without rowid', () => {
    expect(() => query(join(directory, 'migrated.db'), 'SELECT rowid FROM ledger')).toThrow(
      'no such column: rowid',
    )
  })
})

describe('a history that is not the one of this code is refused', () => {
  async function migrated(name: string, change: string): Promise<string> {
    const file = join(directory, name)
    await copyFile(join(directory, 'migrated.db'), file)
    query(file, change)
    return file
  }

  test('where a migration failed half-way', async () => {
    const file = await migrated('failed.db', 'UPDATE _prisma_migrations SET finished_at = NULL')
    await expect(migrateDatabase(file)).rejects.toThrow('failed half-way')
  })

  test('where a migration was edited after it had been applied', async () => {
    const file = await migrated('edited.db', `UPDATE _prisma_migrations SET checksum = 'another'`)
    await expect(migrateDatabase(file)).rejects.toThrow('was edited after it had been applied')
  })

  test('where the database is newer (N-018)', async () => {
    const file = await migrated(
      'newer.db',
      `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       VALUES ('x', 'y', 1, '29991231000000_from_the_future', 1, 1)`,
    )
    await expect(migrateDatabase(file)).rejects.toThrow('migrated by another version of Keybound')
  })

  test('where the file is no database', async () => {
    const file = join(directory, 'text.db')
    await writeFile(file, 'no database at all'.repeat(100))
    await expect(migrateDatabase(file)).rejects.toThrow('not a database')
  })

  test('where no server listens, by the name of the variable and without the password', async () => {
    const refusal = migrateDatabase('postgresql://keybound:a-secret@127.0.0.1:1/keybound')
    await expect(refusal).rejects.toThrow(
      /^DATABASE_URL: postgresql:\/\/127\.0\.0\.1:1\/keybound cannot be reached: connect ECONNREFUSED/,
    )
  })
})

describeWith(['PostgreSQL'], 'migrating a PostgreSQL database', () => {
  const script = fileURLToPath(new URL('./migrate-database.ts', import.meta.url))

  async function queryPostgres(url: string, sql: string): Promise<unknown[]> {
    const client = new pg.Client(url)
    await client.connect()
    try {
      return (await client.query(sql)).rows
    } finally {
      await client.end()
    }
  }

  test('four processes at once apply each migration once; an edited, failed or newer history is refused', async () => {
    const postgres = await startPostgres({ fsync: 'off' })
    const url = postgres.url()
    try {
      const code = `import(${JSON.stringify(script)}).then((m) => m.migrateDatabase(${JSON.stringify(url)}))`
      const run = () => promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', code])
      await Promise.all([run(), run(), run(), run()])
      const history = await queryPostgres(
        url,
        'SELECT migration_name AS name, checksum FROM _prisma_migrations',
      )
      expect(history).toEqual(readMigrations('postgresql').map(({ name, checksum }) => ({ name, checksum })))
      await migrateDatabase(url)

      await queryPostgres(url, `UPDATE _prisma_migrations SET checksum = 'another'`)
      await expect(migrateDatabase(url)).rejects.toThrow('was edited after it had been applied')
      await queryPostgres(url, `UPDATE _prisma_migrations SET finished_at = NULL`)
      await expect(migrateDatabase(url)).rejects.toThrow('failed half-way')
      await queryPostgres(
        url,
        `UPDATE _prisma_migrations SET finished_at = now(), migration_name = '2999_from_the_future'`,
      )
      await expect(migrateDatabase(url)).rejects.toThrow('migrated by another version of Keybound')
    } finally {
      await postgres.stop()
    }
  })

  test('a URL in a message has no password', async () => {
    const failed = migrateDatabase('postgresql://somebody:a-secret@127.0.0.1:1/nothing?x=a-secret')
    await expect(failed).rejects.toThrow()
    await failed.catch((error) => expect(String(error)).not.toContain('a-secret'))
  })
})

test('the list of migrations that builds carry is that of the directory', () => {
  for (const provider of ['sqlite', 'postgresql'] as const) {
    expect(migrations[provider]).toEqual(
      readMigrations(provider).map(({ name, checksum }) => ({ name, checksum })),
    )
  }
})
