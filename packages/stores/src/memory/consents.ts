import type { Consents } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export function memoryConsents(state: MemoryState): Consents {
  return {
    async find(subject, clientId) {
      return state.consents.get(subject)?.get(clientId)
    },
    async save(consent) {
      const given = state.consents.get(consent.subject) ?? new Map()
      state.consents.set(consent.subject, given.set(consent.clientId, consent))
    },
    async list(subject) {
      return [...(state.consents.get(subject)?.values() ?? [])]
    },
    async remove(subject, clientId) {
      state.consents.get(subject)?.delete(clientId)
    },
  }
}
