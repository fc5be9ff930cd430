import { statSync } from 'node:fs'
import { join } from 'node:path'
import { openSqlite, type SqliteDatabase, sqliteStores } from '@keybound/stores/prisma'
import type { LedgerDriver } from './driver.ts'
import { inGroups } from './in-groups.ts'
import { migratedFile } from './migrated.ts'

/** Ours, the driver alone with one transaction per tick on the same table, and Prisma's plain `create`; a file each. */
export async function sqliteDrivers(directory: string): Promise<LedgerDriver[]> {
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
    fill: async (count, expiresAt) => fill(db.connection, count, expiresAt),
    remember: ledger.remember,
    sweep,
    size: async () => sizeOf(db.connection),
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
    fill: async (count, expiresAt) => fill(connection, count, expiresAt),
    remember: ({ key, expiresAt }) => remember([Buffer.from(key).subarray(0, 16), expiresAt]),
    size: async () => sizeOf(connection),
    close: () => db.close(),
  }
}

async function prismaCreate(file: string): Promise<LedgerDriver> {
  const db = await openSqlite({ url: `file:${file}` })
  return {
    name: 'Prisma create on SQLite',
    fill: async (count, expiresAt) => fill(db.connection, count, expiresAt),
    async remember({ key, expiresAt }) {
      const data = { key: Uint8Array.from(Buffer.from(key).subarray(0, 16)), expiresAt }
      return db.prisma.ledgerEntry.create({ data }).then(
        () => true,
        () => false,
      )
    },
    size: async () => sizeOf(db.connection),
    close: () => db.close(),
  }
}

function fill(connection: SqliteDatabase['connection'], count: number, expiresAt: number): void {
  connection
    .prepare(
      `INSERT INTO ledger (key, expires_at) WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
       SELECT randomblob(16), ? FROM n`,
    )
    .run(count, expiresAt)
}

function sizeOf(connection: SqliteDatabase['connection']): number {
  connection.pragma('wal_checkpoint(TRUNCATE)')
  return statSync(connection.name).size
}
