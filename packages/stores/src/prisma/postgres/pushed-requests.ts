import type { PushedRequests } from '@keybound/authorization-server'
import { answered } from '../../unavailable.ts'
import { prismaPushedRequests } from '../pushed-requests.ts'
import { inTransaction } from './in-transaction.ts'
import type { PostgresDatabase } from './open-postgres.ts'

/** What one client pushes at once is counted one after the other; its pushes hold up nobody else's. */
const lock = `SELECT pg_advisory_xact_lock(hashtextextended('pushed requests of ' || $1, 0))`

const insert = `INSERT INTO pushed_requests (hash, client_id, request, expires_at)
  SELECT $1, $2, $3::jsonb, $4
  WHERE (SELECT count(*) FROM pushed_requests WHERE client_id = $2 AND expires_at > $5 AND NOT spent) < $6`

export function postgresPushedRequests(db: PostgresDatabase): PushedRequests {
  return {
    ...prismaPushedRequests(db),
    insert({ hash, clientId, request, expiresAt }, { most, now }) {
      const counted = inTransaction(db.pool, async (client) => {
        await client.query({ name: 'lock pushed requests', text: lock, values: [clientId] })
        const values = [hash, clientId, JSON.stringify(request), expiresAt, now, most]
        const { rowCount } = await client.query({ name: 'insert pushed request', text: insert, values })
        return rowCount === 1
      })
      return answered(counted)
    },
  }
}
