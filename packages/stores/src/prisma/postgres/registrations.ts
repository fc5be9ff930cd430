import type { Registrations } from '@keybound/authorization-server'
import { answered } from '../../unavailable.ts'
import { prismaRegistrations } from '../registrations.ts'
import type { PostgresDatabase } from './open-postgres.ts'

/** One statement: the client goes, and with it what users allowed it and what they granted. */
const removal = `WITH removed AS (
    DELETE FROM clients WHERE client_id = $1 AND registration_access_token_hash = $2 RETURNING client_id
  ), forgotten AS (
    DELETE FROM consents WHERE client_id IN (SELECT client_id FROM removed)
  ), revoked AS (
    UPDATE grants SET revoked_at = $3 WHERE revoked_at IS NULL AND client_id IN (SELECT client_id FROM removed)
  )
  SELECT client_id FROM removed`

/** Names the lock; any number will do that nothing else uses. */
const registering = 9449

export function postgresRegistrations(db: PostgresDatabase): Registrations {
  return {
    ...prismaRegistrations(
      db,
      (transaction) => transaction.$executeRaw`SELECT pg_advisory_xact_lock(${registering})`,
    ),
    async remove(clientId, tokenHash, now) {
      const { rowCount } = await answered(db.pool.query(removal, [clientId, tokenHash, now]))
      return rowCount === 1
    },
  }
}
