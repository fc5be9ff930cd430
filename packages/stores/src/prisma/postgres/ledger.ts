import type { Ledger, LedgerEntry } from '@keybound/dpop'
import type pg from 'pg'
import { grouped } from '../../grouped.ts'
import { recordKey } from '../../record-key.ts'
import type { PostgresDatabase } from './open-postgres.ts'
import { isRefusedStatement } from './sql-error.ts'

/**
 * The one statement that decides which of the keys are new. An expired record gives way; a live one is never touched. The keys are
 * sorted, so that two groups that share some wait for each other in one order.
 */
const insert = `INSERT INTO ledger (key, expires_at)
  SELECT DISTINCT ON (asked.key) asked.key, asked.expires_at
  FROM unnest($1::bytea[], $2::float8[], $3::float8[]) WITH ORDINALITY AS asked (key, expires_at, acceptable_from, ordinal), ledger_sweep
  WHERE ledger_sweep.id = 1 AND asked.expires_at >= swept_to AND asked.acceptable_from >= epoch_since
  ORDER BY asked.key, asked.ordinal
  ON CONFLICT (key) DO UPDATE SET expires_at = excluded.expires_at WHERE ledger.expires_at < $4
  RETURNING key`

/** The ledger as a table: the calls of one moment become one statement, which is its own transaction. */
export function postgresLedger({ pool, epoch }: Pick<PostgresDatabase, 'pool' | 'epoch'>): Ledger {
  const remember = grouped((entries: readonly LedgerEntry[]) => rememberAll(pool, entries), {
    lanes: 2,
    most: 512,
    mayAskAlone: isRefusedStatement,
  })
  return { remember, epoch }
}

/** True for each entry that was new. Of several with one key the first one counts; `now` is the earliest of theirs, which forgets least. */
export async function rememberAll(
  client: Pick<pg.ClientBase, 'query'>,
  entries: readonly LedgerEntry[],
): Promise<readonly boolean[]> {
  const keys = entries.map(({ key }) => recordKey(key))
  const { rows } = await client.query<{ key: Buffer }>({
    name: 'remember',
    text: insert,
    values: [
      keys,
      entries.map(({ expiresAt }) => expiresAt),
      entries.map(({ acceptableFrom = 0 }) => acceptableFrom),
      Math.min(...entries.map(({ now }) => now)),
    ],
  })
  const remembered = new Set(rows.map(({ key }) => key.toString('latin1')))
  // The first one of a key takes it out, so that a second one finds nothing.
  return keys.map((key) => remembered.delete(key.toString('latin1')))
}
