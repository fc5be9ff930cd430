import { codeRetention, retention } from '../retention.ts'
import type { MemoryState } from './state.ts'

/** Forgets what nobody can use any more at `now`. */
export function sweep(state: MemoryState, now: number): void {
  const ended = now - retention
  state.ledger.forget(now)
  forget(state.grants, ({ expiresAt }) => expiresAt < ended)
  forget(state.refreshTokens, ({ expiresAt }) => expiresAt < ended)
  forget(state.codes, ({ expiresAt }) => expiresAt < now - codeRetention)
  forget(state.pushedRequests, ({ expiresAt }) => expiresAt < ended)
  forget(state.transactions, ({ transaction }) => transaction.expiresAt < ended)
  forget(state.opaqueTokens, ({ expiresAt }) => expiresAt < ended)
  forget(state.revokedAccessTokens, (expiresAt) => expiresAt < ended)
}

function forget<T>(map: Map<string, T>, isOver: (value: T) => boolean): void {
  for (const [key, value] of map) if (isOver(value)) map.delete(key)
}
