import { openPostgres, postgresStores } from '@keybound/stores/prisma'
import type { Postgres } from '@keybound/testkit/servers'
import pg from 'pg'
import type { LedgerDriver } from './driver.ts'
import { inGroups } from './in-groups.ts'
import { migrated } from './migrated.ts'

/** Ours, pg alone with one INSERT over unnest per tick, and Prisma's plain `create`; a database each. */
export async function postgresDrivers(server: Postgres): Promise<LedgerDriver[]> {
  const admin = new pg.Client(server.url())
  await admin.connect()
  for (const name of ['ours', 'raw', 'prisma']) {
    await admin.query(`CREATE DATABASE ${name}`)
    migrated(server.url(name))
  }
  await admin.end()
  return [
    await keybound(server.url('ours')),
    rawDriver(server.url('raw')),
    await prismaCreate(server.url('prisma')),
  ]
}

/** Filling takes longer than a request may. */
const patient = { connection: 60_000, statement: 60_000, idle: 60_000 }

async function keybound(url: string): Promise<LedgerDriver> {
  const db = await openPostgres({ url, limits: patient })
  const { ledger, sweep } = postgresStores(db)
  return {
    name: 'Keybound on PostgreSQL',
    fill: filling(db.pool),
    remember: ledger.remember,
    sweep,
    size: () => sizeOf(db.pool),
    close: () => db.close(),
  }
}

function rawDriver(url: string): LedgerDriver {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  const text = `INSERT INTO ledger (key, expires_at) SELECT * FROM unnest($1::bytea[], $2::float8[])
    ON CONFLICT DO NOTHING RETURNING key`
  const remember = inGroups(async (rows: readonly (readonly [Buffer, number])[]) => {
    const values = [rows.map(([key]) => key), rows.map(([, end]) => end)]
    const { rowCount } = await pool.query({ name: 'raw', text, values })
    return rows.map(() => rowCount === rows.length)
  })
  return {
    name: 'pg, an INSERT over unnest per tick',
    isBaseline: true,
    fill: filling(pool),
    remember: ({ key, expiresAt }) => remember([Buffer.from(key).subarray(0, 16), expiresAt]),
    size: () => sizeOf(pool),
    close: () => pool.end(),
  }
}

async function prismaCreate(url: string): Promise<LedgerDriver> {
  const db = await openPostgres({ url, limits: patient })
  return {
    name: 'Prisma create on PostgreSQL',
    fill: filling(db.pool),
    async remember({ key, expiresAt }) {
      const data = { key: Uint8Array.from(Buffer.from(key).subarray(0, 16)), expiresAt }
      return db.prisma.ledgerEntry.create({ data }).then(
        () => true,
        () => false,
      )
    },
    size: () => sizeOf(db.pool),
    close: () => db.close(),
  }
}

/** In portions, so that none is longer than a statement may be. */
function filling(pool: pg.Pool): LedgerDriver['fill'] {
  return async (count, expiresAt) => {
    for (let left = count; left > 0; left -= 10_000) {
      await pool.query(
        `INSERT INTO ledger SELECT uuid_send(gen_random_uuid()), $2 FROM generate_series(1, $1)`,
        [Math.min(left, 10_000), expiresAt],
      )
    }
  }
}

async function sizeOf(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ size: string }>(`SELECT pg_total_relation_size('ledger') AS size`)
  return Number(rows[0]?.size)
}
