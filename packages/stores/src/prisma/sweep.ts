import { retention } from '../retention.ts'
import type { Database } from './open-database.ts'

/** Rows that one statement deletes at most: a portion holds up the others for about a millisecond. */
const portion = 200

/** The ledger has no index on its expiry; the sweep walks its keys in this many ranges. */
const ranges = 1024

/**
 * Deletes what nobody can use any more at `now`, portion by portion; between two portions everybody else has a turn.
 * Throws OAuthError temporarily_unavailable where the database cannot answer; what was deleted so far stays deleted.
 */
export async function sweepDatabase(db: Database, now: number): Promise<void> {
  const ended = now - retention
  await sweepLedger(db, now)
  await sweepGrants(db, ended)
  await sweepTable(db, 'codes', 'grant_id IS NULL AND expires_at < ?', ended)
  for (const table of [
    'pushed_requests',
    'transactions',
    'revoked_access_tokens',
    'sessions',
    'web_sessions',
  ]) {
    await sweepTable(db, table, 'expires_at < ?', ended)
  }
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

/** A grant goes with its refresh tokens and its code. */
async function sweepGrants({ connection, decide }: Database, ended: number): Promise<void> {
  const select = connection
    .prepare<[number], string>(`SELECT id FROM grants WHERE expires_at < ? LIMIT ${portion}`)
    .pluck()
  const deletes = [
    'DELETE FROM refresh_tokens WHERE grant_id = ?',
    'DELETE FROM codes WHERE grant_id = ?',
    'DELETE FROM grants WHERE id = ?',
  ].map((sql) => connection.prepare(sql))
  for (let found = portion; found === portion; ) {
    found = await decide(() => {
      const ids = select.all(ended)
      for (const id of ids) for (const statement of deletes) statement.run(id)
      return ids.length
    })
  }
}

async function sweepTable(
  { connection, decide }: Database,
  table: string,
  condition: string,
  ended: number,
): Promise<void> {
  const statement = connection.prepare(
    `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE ${condition} LIMIT ${portion})`,
  )
  for (let deleted = portion; deleted === portion; ) {
    deleted = await decide(() => statement.run(ended).changes)
  }
}
