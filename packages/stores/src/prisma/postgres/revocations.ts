import type { Revocations } from '@keybound/authorization-server'
import type { PostgresDatabase } from './open-postgres.ts'
import { select } from './select.ts'

/** A token that names a grant which is not there counts as revoked: its grant was deleted, or lost. */
export function postgresRevocations({ pool }: PostgresDatabase): Revocations {
  const withdrawn = select(pool, 'withdrawn token', 'SELECT 1 FROM revoked_access_tokens WHERE jti_hash = $1')
  const live = select(pool, 'live grant', 'SELECT 1 FROM grants WHERE id = $1 AND revoked_at IS NULL')
  return {
    async isRevoked({ jtiHash, grantId }) {
      if ((await withdrawn(jtiHash)) !== undefined) return true
      return grantId !== undefined && (await live(grantId)) === undefined
    },
  }
}
