import { LRUCache } from 'lru-cache'
import type { KeySet } from '../keys/key-set.ts'
import type { AccessToken } from './access-token.ts'

/** Tokens whose signature need not be verified again, by their SHA-256: no token stays in memory as text. */
export interface VerifiedTokens {
  /** The token if it was kept, has not expired and its key still stands. */
  recall(hash: string, keys: KeySet, now: number): AccessToken | undefined
  /** To be called only when signature *and* binding held, so that no stranger's request fills the cache. */
  keep(hash: string, accessToken: AccessToken): void
}

/** Bounded: the least recently used go first. */
export function verifiedTokens(max = 10_000): VerifiedTokens {
  const kept = new LRUCache<string, AccessToken>({ max })
  return {
    recall(hash, keys, now) {
      const found = kept.get(hash)
      if (!found) return undefined
      if (now < found.expiresAt && found.key && keys.has(found.key)) return found
      kept.delete(hash)
      return undefined
    },
    keep(hash, accessToken) {
      if (accessToken.key && kept.peek(hash) !== accessToken) kept.set(hash, accessToken)
    },
  }
}
