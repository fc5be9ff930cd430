import { retention } from '../retention.ts'
import type { MemoryState } from './state.ts'

/** Forgets what nobody can use any more at `now`. A consumed code stays as long as its grant: its reuse must still be recognised. */
export function sweep(state: MemoryState, now: number): void {
  state.ledger.forget(now)
  for (const [id, grant] of state.grants) if (grant.expiresAt + retention < now) state.grants.delete(id)
  for (const [hash, token] of state.refreshTokens) {
    if (!state.grants.has(token.grantId)) state.refreshTokens.delete(hash)
  }
  for (const [hash, code] of state.codes) {
    const needed = code.grantId !== undefined && state.grants.has(code.grantId)
    if (!needed && code.expiresAt + retention < now) state.codes.delete(hash)
  }
  for (const [hash, pushed] of state.pushedRequests) {
    if (pushed.expiresAt + retention < now) state.pushedRequests.delete(hash)
  }
  for (const [id, { transaction }] of state.transactions) {
    if (transaction.expiresAt + retention < now) state.transactions.delete(id)
  }
  for (const [hash, expiresAt] of state.revokedAccessTokens) {
    if (expiresAt + retention < now) state.revokedAccessTokens.delete(hash)
  }
}
