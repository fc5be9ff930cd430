import type { Registrations } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export function memoryRegistrations({ clients, grants, consents }: MemoryState): Registrations {
  const isHeldBy = (clientId: string, tokenHash: string) =>
    clients.get(clientId)?.registration_access_token_hash === tokenHash

  return {
    async countSince(instant) {
      return [...clients.values()].filter((client) => (client.client_id_issued_at ?? 0) >= instant).length
    },
    async insert(client) {
      if (clients.has(client.client_id)) throw new Error('The client_id is taken')
      clients.set(client.client_id, client)
    },
    async replace(client, tokenHash) {
      if (!isHeldBy(client.client_id, tokenHash)) return false
      clients.set(client.client_id, client)
      return true
    },
    async remove(clientId, tokenHash, now) {
      if (!isHeldBy(clientId, tokenHash)) return false
      clients.delete(clientId)
      for (const ofUser of consents.values()) ofUser.delete(clientId)
      for (const grant of grants.values()) {
        if (grant.clientId === clientId) grants.set(grant.id, { revokedAt: now, ...grant })
      }
      return true
    },
  }
}
