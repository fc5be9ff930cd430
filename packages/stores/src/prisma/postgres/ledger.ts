import type { Ledger, LedgerEntry } from '@keybound/dpop'
import type pg from 'pg'
import { grouped } from '../../grouped.ts'
import { recordKey } from '../../record-key.ts'
import type { PostgresDatabase } from './open-postgres.ts'
import { isRefusedStatement } from './sql-error.ts'

/** Of a record's key. */
const KEY_OCTETS = 16

/**
 * The one statement that decides which of the keys are new. An expired record gives way; a live one is never touched. All keys come as one
 * value, 16 octets each: an array of them would be written and read as text, which costs more than the rest of the statement.
 */
const insert = `INSERT INTO ledger (key, expires_at)
  SELECT substring($1::bytea FROM ${KEY_OCTETS} * (ordinal::int - 1) + 1 FOR ${KEY_OCTETS}), asked.expires_at
  FROM unnest($2::float8[], $3::float8[]) WITH ORDINALITY AS asked (expires_at, acceptable_from, ordinal), ledger_sweep
  WHERE ledger_sweep.id = 1 AND asked.expires_at >= swept_to AND asked.acceptable_from >= epoch_since
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
  const keys = entries.map(({ key }) => recordKey(key).toString('latin1'))
  const first = new Map<string, LedgerEntry>()
  for (const [i, entry] of entries.entries()) {
    const key = keys[i] as string
    if (!first.has(key)) first.set(key, entry)
  }
  // Sorted, so that two groups that share some wait for each other in one order.
  const asked = [...first].sort(([one], [other]) => (one < other ? -1 : 1))
  const { rows } = await client.query<{ key: Buffer }>({
    name: 'remember',
    text: insert,
    values: [
      Buffer.from(asked.map(([key]) => key).join(''), 'latin1'),
      asked.map(([, { expiresAt }]) => expiresAt),
      asked.map(([, { acceptableFrom = 0 }]) => acceptableFrom),
      Math.min(...entries.map(({ now }) => now)),
    ],
  })
  const remembered = new Set(rows.map(({ key }) => key.toString('latin1')))
  // The first one of a key takes it out, so that a second one finds nothing.
  return keys.map((key) => remembered.delete(key))
}
