import { openPostgres, postgresStores } from '@keybound/stores/prisma'
import type { Postgres } from '@keybound/testkit/servers'
import pg from 'pg'
import type { LedgerDriver } from './driver.ts'
import { inGroups } from './in-groups.ts'
import { migrated } from './migrated.ts'

/** Ours, pg alone with one INSERT over unnest per tick, and Prisma's plain `create`; a database each, whose names end in `suffix`. */
export async function postgresDrivers(server: Postgres, suffix: string): Promise<LedgerDriver[]> {
  const [ours, raw, plain] = ['ours', 'raw', 'prisma'].map((name) => `${name}_${suffix}`)
  const admin = new pg.Client(server.url())
  await admin.connect()
  for (const name of [ours, raw, plain]) {
    await admin.query(`CREATE DATABASE ${name}`)
    migrated(server.url(name))
  }
  await admin.end()
  return [await keybound(server.url(ours)), rawDriver(server.url(raw)), await prismaCreate(server.url(plain))]
}

/** Filling takes longer than a request may. */
const patient = { connection: 60_000, statement: 60_000, idle: 60_000 }

async function keybound(url: string): Promise<LedgerDriver> {
  const db = await openPostgres({ url, limits: patient })
  const { ledger, sweep } = postgresStores(db)
  const rows = rowsOf(db.pool)
  return {
    name: 'Keybound on PostgreSQL',
    ...rows,
    remember: ledger.remember,
    async end(count) {
      const now = Math.floor(Date.now() / 1000)
      await rows.fill(count, now - 3600)
      // What the filling wrote is on the disk before anybody's wait is measured.
      await db.pool.query('CHECKPOINT')
      return () => sweep(now - 1800)
    },
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
    ...rowsOf(pool),
    remember: ({ key, expiresAt }) => remember([Buffer.from(key, 'base64url').subarray(0, 16), expiresAt]),
    close: () => pool.end(),
  }
}

async function prismaCreate(url: string): Promise<LedgerDriver> {
  const db = await openPostgres({ url, limits: patient })
  return {
    name: 'Prisma create on PostgreSQL',
    ...rowsOf(db.pool),
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

function rowsOf(pool: pg.Pool): Pick<LedgerDriver, 'fill' | 'trim' | 'size'> {
  return {
    // In portions, so that none is longer than a statement may be.
    async fill(count, expiresAt) {
      for (let left = count; left > 0; left -= 10_000) {
        await pool.query(
          `INSERT INTO ledger SELECT uuid_send(gen_random_uuid()), $2 FROM generate_series(1, $1)`,
          [Math.min(left, 10_000), expiresAt],
        )
      }
    },
    async trim(expiresAt) {
      await pool.query('DELETE FROM ledger WHERE expires_at <> $1', [expiresAt])
      await pool.query('VACUUM ledger')
    },
    async size() {
      const { rows } = await pool.query<{ size: string }>(`SELECT pg_total_relation_size('ledger') AS size`)
      return Number(rows[0]?.size)
    },
  }
}
