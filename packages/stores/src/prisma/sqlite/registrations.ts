import type { Registrations } from '@keybound/authorization-server'
import { prismaRegistrations } from '../registrations.ts'
import type { SqliteDatabase } from './open-sqlite.ts'

export function sqliteRegistrations(db: SqliteDatabase): Registrations {
  const { connection, decide } = db
  const removeClient = connection.prepare(
    'DELETE FROM clients WHERE client_id = ? AND registration_access_token_hash = ?',
  )
  const removeConsents = connection.prepare('DELETE FROM consents WHERE client_id = ?')
  const revokeGrants = connection.prepare(
    'UPDATE grants SET revoked_at = ? WHERE client_id = ? AND revoked_at IS NULL',
  )
  return {
    // Transactions of Prisma take turns on the one connection.
    ...prismaRegistrations(db, async () => {}),
    remove(clientId, tokenHash, now) {
      return decide(() => {
        if (removeClient.run(clientId, tokenHash).changes === 0) return false
        removeConsents.run(clientId)
        revokeGrants.run(now, clientId)
        return true
      })
    },
  }
}
