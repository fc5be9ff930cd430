import type pg from 'pg'
import { codeRetention, retention } from '../../retention.ts'
import { answered } from '../../unavailable.ts'
import { expiringTables } from '../expiry.ts'
import type { PostgresDatabase } from './open-postgres.ts'

/** Rows that one statement deletes or looks at, at most: few enough that nobody who inserts meanwhile waits for long. */
const portion = 250

/**
 * The ledger has no index on its expiry: its keys are walked in their order. Gives the last key of a slice; none is the end.
 * Its commit waits for no disk, which those who insert need: what a crash brings back is forgotten by the next sweep.
 */
const forgetSlice = `WITH relaxed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
  slice AS (SELECT key FROM ledger, relaxed WHERE key > $1 ORDER BY key LIMIT ${portion}),
  forgotten AS (DELETE FROM ledger USING slice WHERE ledger.key = slice.key AND ledger.expires_at < $2)
  SELECT key FROM slice ORDER BY key DESC LIMIT 1`

/**
 * Deletes what nobody can use any more at `now`, portion by portion, each a transaction of its own; whoever inserts waits for none of them.
 * Several replicas may sweep at once: what one deletes the other does not find.
 * Throws OAuthError temporarily_unavailable where the database cannot answer; what was deleted so far stays deleted.
 */
export async function sweepPostgres({ pool }: Pick<PostgresDatabase, 'pool'>, now: number): Promise<void> {
  const run = async (text: string, values: readonly unknown[]) =>
    (await answered(pool.query(text, [...values]))).rowCount ?? 0

  // The mark goes first: should a clock come back, what was forgotten still counts as used.
  await run('UPDATE ledger_sweep SET swept_to = $1 WHERE id = 1 AND swept_to < $1', [now])
  for (let key: Buffer | undefined = Buffer.alloc(0); key; ) {
    const { rows }: pg.QueryResult<{ key: Buffer }> = await answered(pool.query(forgetSlice, [key, now]))
    key = rows[0]?.key
  }
  for (const table of expiringTables) {
    const ended = now - (table === 'codes' ? codeRetention : retention)
    const forget = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE expires_at < $1 LIMIT ${portion}))`
    while ((await run(forget, [ended])) === portion);
  }
}
