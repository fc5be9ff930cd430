import { accessTokenHash } from '@keybound/dpop/server'
import { LRUCache } from 'lru-cache'
import type { KeySet } from '../keys/key-set.ts'
import type { AccessToken } from './access-token.ts'

/** Tokens whose signature need not be verified again. */
export interface VerifiedTokens {
  /** The token if it was kept, has not expired and its key still stands. */
  recall(token: string, keys: KeySet, now: number): Promise<AccessToken | undefined>
  /** To be called only when signature *and* binding held, so that no stranger's request fills the cache. */
  keep(token: string, accessToken: AccessToken): Promise<void>
}

/** Bounded: the least recently used go first. Indexed by SHA-256, so that no token stays in memory as text. */
export function verifiedTokens(max = 10_000): VerifiedTokens {
  /** What came out of the cache need not be put into it again. */
  const known = new WeakSet<AccessToken>()
  const kept = new LRUCache<string, AccessToken>({ max })

  async function recall(token: string, keys: KeySet, now: number): Promise<AccessToken | undefined> {
    const hash = await accessTokenHash(token)
    const found = kept.get(hash)
    if (!found) return undefined
    if (now < found.expiresAt && found.key && keys.has(found.key)) return found
    kept.delete(hash)
    return undefined
  }

  async function keep(token: string, accessToken: AccessToken): Promise<void> {
    if (!accessToken.key || known.has(accessToken)) return
    known.add(accessToken)
    kept.set(await accessTokenHash(token), accessToken)
  }

  return { recall, keep }
}
