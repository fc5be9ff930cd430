import { hash } from 'node:crypto'
import type { Ledger } from '@keybound/dpop'
import type { Database as Connection } from 'better-sqlite3'
import { answered } from '../../unavailable.ts'
import type { SqliteDatabase } from './open-sqlite.ts'

/** The ledger as a table of the file: an insert decides, together with the other decisions of the same tick. */
export function sqliteLedger(db: SqliteDatabase): Ledger {
  const remember = prepareRemember(db.connection)
  return {
    remember({ key, expiresAt, now }) {
      return answered(db.decide(() => remember(key, expiresAt, now)))
    },
  }
}

/** The one statement that decides whether a key is new. An expired record gives way; a live one is never touched. */
export function prepareRemember(
  connection: Connection,
): (key: string, expiresAt: number, now: number) => boolean {
  const insert = connection.prepare(
    `INSERT INTO ledger (key, expires_at)
     SELECT ?, ? WHERE ? >= (SELECT swept_to FROM ledger_sweep WHERE id = 1)
     ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE ledger.expires_at < ?`,
  )
  return (key, expiresAt, now) => insert.run(ledgerKey(key), expiresAt, expiresAt, now).changes === 1
}

/** 16 bytes of a SHA-256: two keys that meet by chance would cost a client one retry in 10^26 requests. */
function ledgerKey(key: string): Buffer {
  return hash('sha256', key, 'buffer').subarray(0, 16)
}
