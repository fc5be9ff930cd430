import type { Revocations } from '@keybound/authorization-server'
import type { SqliteDatabase } from './open-sqlite.ts'

/** A token that names a grant which is not there counts as revoked: its grant was deleted, or lost. */
export function sqliteRevocations({ connection, read }: SqliteDatabase): Revocations {
  const withdrawn = connection.prepare('SELECT 1 FROM revoked_access_tokens WHERE jti_hash = ?')
  const live = connection.prepare('SELECT 1 FROM grants WHERE id = ? AND revoked_at IS NULL')
  return {
    isRevoked({ jtiHash, grantId }) {
      return read(() => {
        if (withdrawn.get(jtiHash) !== undefined) return true
        return grantId !== undefined && live.get(grantId) === undefined
      })
    },
  }
}
