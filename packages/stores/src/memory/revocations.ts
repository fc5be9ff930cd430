import type { Revocations } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

/** A token that names a grant which is not there counts as revoked: its grant was deleted, or lost. */
export function memoryRevocations(state: MemoryState): Revocations {
  return {
    async isRevoked({ jtiHash, grantId }) {
      if (state.revokedAccessTokens.has(jtiHash)) return true
      if (grantId === undefined) return false
      const grant = state.grants.get(grantId)
      return grant === undefined || grant.revokedAt !== undefined
    },
  }
}
