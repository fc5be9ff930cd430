import type { Ledger, LedgerEntry, LedgerEpoch } from '@keybound/dpop'
import type { Database as Connection } from 'better-sqlite3'
import { recordKey } from '../../record-key.ts'
import { answered } from '../../unavailable.ts'
import type { SqliteDatabase } from './open-sqlite.ts'

/** The ledger as a table of the file: an insert decides, together with the other decisions of the same tick. */
export function sqliteLedger(db: SqliteDatabase): Ledger {
  const remember = prepareRemember(db.connection)
  const epoch = readEpoch(db.connection)
  return {
    remember: (entry) => answered(db.decide(() => remember(entry))),
    epoch: () => epoch,
  }
}

/** The one statement that decides whether a key is new. An expired record gives way; a live one is never touched. */
export function prepareRemember(connection: Connection): (entry: LedgerEntry) => boolean {
  const insert = connection.prepare(
    `INSERT INTO ledger (key, expires_at)
     SELECT @key, @expiresAt FROM ledger_sweep WHERE id = 1 AND @expiresAt >= swept_to AND @acceptableFrom >= epoch_since
     ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE ledger.expires_at < @now`,
  )
  return ({ key, acceptableFrom = 0, expiresAt, now }) =>
    insert.run({ key: recordKey(key), acceptableFrom, expiresAt, now }).changes === 1
}

/** The memory of a file is another one only after a restore, which nobody makes while this process has it open. */
function readEpoch(connection: Connection): LedgerEpoch {
  const row = connection.prepare<[], { epoch: string | null; since: number }>(
    'SELECT epoch, epoch_since AS since FROM ledger_sweep WHERE id = 1',
  )
  const { epoch, since } = row.safeIntegers(false).get() ?? { epoch: null, since: 0 }
  return { id: epoch ?? '', since }
}
