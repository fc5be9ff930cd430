import { accessTokenHash } from '@keybound/dpop/server'
import { LRUCache } from 'lru-cache'
import type { KeySet } from '../keys/key-set.ts'
import type { AccessToken } from './access-token.ts'

/** Tokens whose signature need not be verified again. */
export interface VerifiedTokens {
  /** The token if it was kept, has not expired and its key still stands. */
  recall(token: string, keys: KeySet, now: number): AccessToken | undefined
  /** To be called only when signature *and* binding held, so that no stranger's request fills the cache. */
  keep(token: string, accessToken: AccessToken): void
}

/** Bounded: the least recently used go first. Indexed by SHA-256, so that no token stays in memory as text. */
export function verifiedTokens(max = 10_000): VerifiedTokens {
  const kept = new LRUCache<string, AccessToken>({ max })

  function recall(token: string, keys: KeySet, now: number): AccessToken | undefined {
    const hash = accessTokenHash(token)
    const found = kept.get(hash)
    if (!found) return undefined
    if (now < found.expiresAt && found.key && keys.has(found.key)) return found
    kept.delete(hash)
    return undefined
  }

  return { recall, keep: (token, accessToken) => void kept.set(accessTokenHash(token), accessToken) }
}
