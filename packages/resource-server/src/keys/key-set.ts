import { type VerificationKey, verificationKey } from './verification-key.ts'

/** What a header says of the key. */
export interface NamesKey {
  readonly alg?: unknown
  readonly kid?: unknown
}

/** An issuer's keys at one moment. */
export interface KeySet {
  /** By kid where the header has one; without a kid only where exactly one key has the algorithm. */
  find(header: NamesKey): VerificationKey | undefined
  /** What stands in this very header segment, if a token with it was verified before: an issuer writes the same one on every token. */
  headerOf(segment: string): NamesKey | undefined
  /** To be called once a signature verified, so that no stranger's token fills this. */
  keepHeader(segment: string, header: NamesKey): void
  /** False once a key was withdrawn: what it verified no longer holds. */
  has(key: VerificationKey): boolean
}

/** More than this no issuer needs; the rest is not looked at. */
const most = 50

/**
 * Makes a set of what a JWKS holds. A key that cannot verify access tokens here is left out, and so is the second of
 * two with one kid. A key that was in `before` stays the same object, so that what it verified still holds.
 * Throws TypeError where the document is no JWKS.
 */
export async function parseKeySet(document: unknown, before?: KeySet): Promise<KeySet> {
  const members = isJwks(document) ? document.keys.slice(0, most) : undefined
  if (!members) throw new TypeError('not a JWK set')
  const keys: VerificationKey[] = []
  for (const jwk of members) {
    const key = await verificationKey(jwk)
    if (key && !keys.some(({ kid }) => kid !== undefined && kid === key.kid))
      keys.push(sameAs(key, before) ?? key)
  }
  return keySet(keys)
}

function keySet(keys: readonly VerificationKey[]): KeySet {
  const headers = new Map<string, NamesKey>()
  return {
    headerOf: (segment) => headers.get(segment),
    keepHeader(segment, header) {
      if (headers.size < most) headers.set(segment, header)
    },
    find({ alg, kid }) {
      const fitting = keys.filter((key) => key.alg === alg || (key.alg === 'Ed25519' && alg === 'EdDSA'))
      if (kid !== undefined) return fitting.find((key) => key.kid === kid)
      return fitting.length === 1 ? fitting[0] : undefined
    },
    has: (key) => keys.includes(key),
  }
}

function sameAs(key: VerificationKey, before: KeySet | undefined): VerificationKey | undefined {
  const known = before?.find({ alg: key.alg, kid: key.kid })
  return known?.identity === key.identity ? known : undefined
}

function isJwks(document: unknown): document is { keys: unknown[] } {
  return (
    typeof document === 'object' && document !== null && 'keys' in document && Array.isArray(document.keys)
  )
}
