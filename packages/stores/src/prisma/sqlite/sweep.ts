import { codeRetention, retention } from '../../retention.ts'
import { answered } from '../../unavailable.ts'
import { expiringTables, keyAt, ranges } from '../expiry.ts'
import type { SqliteDatabase } from './open-sqlite.ts'

/** Rows that one statement deletes at most: a portion holds up the others for about a millisecond. */
const portion = 200

/**
 * Deletes what nobody can use any more at `now`, portion by portion; between two portions everybody else has a turn.
 * Throws OAuthError temporarily_unavailable where the database cannot answer; what was deleted so far stays deleted.
 */
export function sweepSqlite(db: SqliteDatabase, now: number): Promise<void> {
  return answered(sweepEverything(db, now))
}

async function sweepEverything(db: SqliteDatabase, now: number): Promise<void> {
  await sweepLedger(db, now)
  for (const table of expiringTables) {
    await sweepTable(db, table, now - (table === 'codes' ? codeRetention : retention))
  }
}

/** The mark goes first: should a clock come back, what was forgotten still counts as used. */
async function sweepLedger({ connection, decide }: SqliteDatabase, now: number): Promise<void> {
  const mark = connection.prepare('UPDATE ledger_sweep SET swept_to = ? WHERE id = 1 AND swept_to < ?')
  await decide(() => mark.run(now, now))
  const first = connection.prepare<[], { key: Buffer }>('SELECT key FROM ledger ORDER BY key LIMIT 1')
  if (first.get() === undefined) return
  const forget = connection.prepare('DELETE FROM ledger WHERE key >= ? AND key < ? AND expires_at < ?')
  for (let range = 0; range < ranges; range++) {
    await decide(() => forget.run(keyAt(range), keyAt(range + 1), now))
  }
}

async function sweepTable(
  { connection, decide }: SqliteDatabase,
  table: string,
  ended: number,
): Promise<void> {
  const statement = connection.prepare(
    `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE expires_at < ? LIMIT ${portion})`,
  )
  for (let deleted = portion; deleted === portion; ) {
    deleted = await decide(() => statement.run(ended).changes)
  }
}
