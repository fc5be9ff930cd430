import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite, type SqliteDatabase, sqliteStores } from '@keybound/stores/prisma'
import type { LedgerDriver } from './driver.ts'
import { inGroups } from './in-groups.ts'
import { migratedFile } from './migrated.ts'

/** Ours, the driver alone with one transaction per tick on the same table, and Prisma's plain `create`; a file each. */
export async function sqliteDrivers(directory: string): Promise<LedgerDriver[]> {
  mkdirSync(directory)
  const [ours, raw, plain] = ['ours', 'raw', 'prisma'].map((name) =>
    migratedFile(join(directory, `${name}.db`)),
  )
  return [await keybound(ours as string), await rawDriver(raw as string), await prismaCreate(plain as string)]
}

async function keybound(file: string): Promise<LedgerDriver> {
  const db = await openSqlite({ url: `file:${file}` })
  const { ledger, sweep } = sqliteStores(db)
  return {
    name: 'Keybound on SQLite',
    ...rowsOf(db.connection),
    remember: ledger.remember,
    async end(count) {
      const now = Math.floor(Date.now() / 1000)
      fill(db.connection, count, now - 3600)
      return () => sweep(now - 1800)
    },
    close: () => db.close(),
  }
}

async function rawDriver(file: string): Promise<LedgerDriver> {
  const db = await openSqlite({ url: `file:${file}` })
  const { connection } = db
  const insert = connection.prepare(
    'INSERT INTO ledger (key, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  )
  const run = connection.transaction((rows: readonly (readonly [Buffer, number])[]) =>
    rows.map((row) => insert.run(...row).changes === 1),
  )
  const remember = inGroups(async (rows: readonly (readonly [Buffer, number])[]) => run(rows))
  return {
    name: 'better-sqlite3, a transaction per tick',
    isBaseline: true,
    ...rowsOf(connection),
    remember: ({ key, expiresAt }) => remember([Buffer.from(key, 'base64url').subarray(0, 16), expiresAt]),
    close: () => db.close(),
  }
}

async function prismaCreate(file: string): Promise<LedgerDriver> {
  const db = await openSqlite({ url: `file:${file}` })
  return {
    name: 'Prisma create on SQLite',
    ...rowsOf(db.connection),
    async remember({ key, expiresAt }) {
      const data = { key: Uint8Array.from(Buffer.from(key, 'base64url').subarray(0, 16)), expiresAt }
      return db.prisma.ledgerEntry.create({ data }).then(
        () => true,
        () => false,
      )
    },
    close: () => db.close(),
  }
}

type Connection = SqliteDatabase['connection']

function rowsOf(connection: Connection): Pick<LedgerDriver, 'fill' | 'trim' | 'size'> {
  return {
    fill: async (count, expiresAt) => fill(connection, count, expiresAt),
    async trim(expiresAt) {
      connection.prepare('DELETE FROM ledger WHERE expires_at <> ?').run(expiresAt)
      // Restarted, and not emptied: the log of a file that is in use is as long as it has ever been.
      connection.pragma('wal_checkpoint(RESTART)')
    },
    async size() {
      connection.pragma('wal_checkpoint(TRUNCATE)')
      return statSync(connection.name).size
    },
  }
}

function fill(connection: Connection, count: number, expiresAt: number): void {
  connection
    .prepare(
      `INSERT INTO ledger (key, expires_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       SELECT randomblob(16), ? FROM n`,
    )
    .run(count, expiresAt)
}
