import type { Registrations } from '@keybound/authorization-server'
import { rowOf } from './clients.ts'
import type { Database } from './open-database.ts'
import { answered } from './unavailable.ts'

export function prismaRegistrations({ prisma, connection, decide }: Database): Registrations {
  const removeClient = connection.prepare(
    'DELETE FROM clients WHERE client_id = ? AND registration_access_token_hash = ?',
  )
  const removeConsents = connection.prepare('DELETE FROM consents WHERE client_id = ?')
  const revokeGrants = connection.prepare(
    'UPDATE grants SET revoked_at = ? WHERE client_id = ? AND revoked_at IS NULL',
  )
  return {
    countSince: (instant) => answered(prisma.client.count({ where: { clientIdIssuedAt: { gte: instant } } })),
    async insert(client) {
      await answered(prisma.client.create({ data: rowOf(client) }))
    },
    async replace(client, registrationAccessTokenHash) {
      const where = { clientId: client.client_id, registrationAccessTokenHash }
      const { count } = await answered(prisma.client.updateMany({ where, data: rowOf(client) }))
      return count === 1
    },
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
