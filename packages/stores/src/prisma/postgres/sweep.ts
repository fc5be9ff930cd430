import { codeRetention, retention } from '../../retention.ts'
import { answered } from '../../unavailable.ts'
import { expiringTables } from '../expiry.ts'
import type { PostgresDatabase } from './open-postgres.ts'

/** Rows that one statement deletes, at most: few enough that nobody who inserts meanwhile waits for long. */
const portion = 250

/** Pages of the ledger that one statement looks at: some 120 rows stand in each. */
const pagesAtOnce = 2

const pagesOfLedger = `SELECT (pg_relation_size('ledger') / current_setting('block_size')::int)::int AS pages`

/**
 * The ledger has no index on its expiry: its pages are walked in their order. In the order of the keys, which are random, each row that ends would change
 * a page of its own, and the log would hold a copy of each.
 * The commit waits for no disk, which those who insert need: what a crash brings back is forgotten by the next sweep.
 */
const forgetPages = `WITH relaxed AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
  DELETE FROM ledger USING relaxed WHERE ledger.ctid >= $1::tid AND ledger.ctid < $2::tid AND ledger.expires_at < $3`

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
  const { rows } = await answered(pool.query<{ pages: number }>(pagesOfLedger))
  const pages = rows[0]?.pages ?? 0
  for (let page = 0; page < pages; page += pagesAtOnce) {
    await run(forgetPages, [`(${page},0)`, `(${page + pagesAtOnce},0)`, now])
  }
  for (const table of expiringTables) {
    const ended = now - (table === 'codes' ? codeRetention : retention)
    const forget = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE expires_at < $1 LIMIT ${portion}))`
    while ((await run(forget, [ended])) === portion);
  }
}
