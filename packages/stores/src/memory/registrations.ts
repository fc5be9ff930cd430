import type { Registrations } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export function memoryRegistrations({ clients, grants, consents }: MemoryState): Registrations {
  const isHeldBy = (clientId: string, tokenHash: string) =>
    clients.get(clientId)?.registration_access_token_hash === tokenHash

  return {
    async insert(client, { most, since }) {
      if (clients.has(client.client_id)) throw new Error('The client_id is taken')
      const registered = [...clients.values()].filter((one) => (one.client_id_issued_at ?? 0) >= since)
      if (registered.length >= most) return false
      clients.set(client.client_id, client)
      return true
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
