import { codeRetention, retention } from '../retention.ts'
import type { Database } from './open-database.ts'
import { answered } from './unavailable.ts'

/** Rows that one statement deletes at most: a portion holds up the others for about a millisecond. */
const portion = 200

/** The ledger has no index on its expiry; the sweep walks its keys in this many ranges. */
const ranges = 1024

/** Each has an index on its `expires_at`. */
const tables = [
  'grants',
  'refresh_tokens',
  'pushed_requests',
  'transactions',
  'opaque_tokens',
  'revoked_access_tokens',
  'sessions',
  'web_sessions',
]

/**
 * Deletes what nobody can use any more at `now`, portion by portion; between two portions everybody else has a turn.
 * Throws OAuthError temporarily_unavailable where the database cannot answer; what was deleted so far stays deleted.
 */
export function sweepDatabase(db: Database, now: number): Promise<void> {
  return answered(sweepEverything(db, now))
}

async function sweepEverything(db: Database, now: number): Promise<void> {
  await sweepLedger(db, now)
  await sweepTable(db, 'codes', now - codeRetention)
  for (const table of tables) await sweepTable(db, table, now - retention)
}

/** The mark goes first: should a clock come back, what was forgotten still counts as used. */
async function sweepLedger({ connection, decide }: Database, now: number): Promise<void> {
  const mark = connection.prepare('UPDATE ledger_sweep SET swept_to = ? WHERE id = 1 AND swept_to < ?')
  await decide(() => mark.run(now, now))
  const first = connection.prepare<[], { key: Buffer }>('SELECT key FROM ledger ORDER BY key LIMIT 1')
  if (first.get() === undefined) return
  const forget = connection.prepare('DELETE FROM ledger WHERE key >= ? AND key < ? AND expires_at < ?')
  for (let range = 0; range < ranges; range++) {
    await decide(() => forget.run(keyAt(range), keyAt(range + 1), now))
  }
}

/** Where a range of keys begins; the end of the last one is longer, and so greater, than any key. */
function keyAt(range: number): Buffer {
  if (range === ranges) return Buffer.alloc(17, 0xff)
  const start = Buffer.alloc(2)
  start.writeUInt16BE(range * (65_536 / ranges))
  return start
}

async function sweepTable({ connection, decide }: Database, table: string, ended: number): Promise<void> {
  const statement = connection.prepare(
    `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE expires_at < ? LIMIT ${portion})`,
  )
  for (let deleted = portion; deleted === portion; ) {
    deleted = await decide(() => statement.run(ended).changes)
  }
}
