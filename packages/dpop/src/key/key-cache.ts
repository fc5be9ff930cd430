import { LRUCache } from 'lru-cache'
import type { JsonObject } from '../parse-json-object.ts'
import type { Proof } from '../proof/proof.ts'
import type { Verify } from '../signature/signature.ts'
import type { PublicJwk } from './public-jwk.ts'
import type { Jkt } from './thumbprint.ts'

/** What a header segment stands for once its key was judged, imported and seen to sign. */
export interface KnownKey {
  readonly header: JsonObject
  readonly publicJwk: PublicJwk
  readonly jkt: Jkt
  readonly verify: Verify
}

/**
 * Keys met before, by the base64url header segment of their proofs, so that for a known key the header's JSON, the judging,
 * the import and the thumbprint are done once.
 *
 * Bounded, and not to be grown or poisoned by strangers: checkProof only *offers* a key whose signature verified, and it is kept when
 * the caller says so, which is after the proof turned out to belong to a token or grant of ours (`keep` after checkBinding). What is
 * never kept vanishes with its Proof.
 */
export interface KeyCache {
  /** What is kept of the key under this very header segment. */
  find(headerSegment: string): KnownKey | undefined
  /** A key whose signature verified; not kept until `keep` is called with its proof. */
  offer(proof: Proof, headerSegment: string, key: KnownKey): void
  /** Keeps the key of that proof, if this cache was offered it. */
  keep(proof: Proof): void
  readonly size: number
}

/** Longer header segments are not kept: RSA 4096 needs some 1,100 characters, and what comes on top is the client's choice. */
const LONGEST_SEGMENT = 1536

/** `max` keys, the least recently used going first. A P-256 key takes about 3 KB. */
export function createKeyCache(options: { readonly max?: number } = {}): KeyCache {
  const kept = new LRUCache<string, KnownKey>({ max: options.max ?? 10_000 })
  const offered = new WeakMap<Proof, { headerSegment: string; key: KnownKey }>()
  return {
    find: (headerSegment) => kept.get(headerSegment),
    offer(proof, headerSegment, key) {
      if (headerSegment.length <= LONGEST_SEGMENT) offered.set(proof, { headerSegment, key })
    },
    keep(proof) {
      const offer = offered.get(proof)
      if (offer === undefined) return
      offered.delete(proof)
      kept.set(ownCopy(offer.headerSegment), offer.key)
    },
    get size() {
      return kept.size
    },
  }
}

/** A slice of a proof keeps the whole proof alive in V8; the key of a cache should not. */
function ownCopy(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string
}
