import type { Clients } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export function memoryClients(state: MemoryState): Clients {
  return {
    async find(clientId) {
      return state.clients.get(clientId)
    },
  }
}
