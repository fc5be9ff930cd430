import type { LedgerEpoch } from '@keybound/dpop'
import type { Clock } from '@keybound/oauth'
import type pg from 'pg'

/** A standby that was promoted and a restore to a point in time have another timeline; a dump that was read back has another system. */
const identity = `SELECT system_identifier || '/' || timeline_id AS id FROM pg_control_system(), pg_control_checkpoint()`

/**
 * The memory that the ledger of this server has. Where the tables came from another server than the one that answers now, the last
 * moments may be missing: a new epoch begins. A database that was never used has nothing to forget, and its epoch began at 0.
 */
export async function readPostgresEpoch(
  client: Pick<pg.ClientBase, 'query'>,
  clock: Clock,
): Promise<LedgerEpoch> {
  const here = (await client.query<{ id: string }>(identity)).rows[0]?.id ?? ''
  const known = await readRow(client)
  if (known.id === here) return known
  const begin = `UPDATE ledger_sweep SET epoch = $1, epoch_since = CASE WHEN epoch IS NULL THEN 0 ELSE $2::float8 END
    WHERE id = 1 AND epoch IS DISTINCT FROM $1`
  await client.query(begin, [here, clock()])
  return readRow(client)
}

async function readRow(client: Pick<pg.ClientBase, 'query'>): Promise<LedgerEpoch> {
  const select = 'SELECT epoch AS id, epoch_since AS since FROM ledger_sweep WHERE id = 1'
  const row = (await client.query<{ id: string | null; since: number }>(select)).rows[0]
  return { id: row?.id ?? '', since: row?.since ?? 0 }
}
