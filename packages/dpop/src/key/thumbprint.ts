import type { JWK } from 'jose'
import { sha256 } from '#signature'
import type { ProofAlg } from './proof-alg.ts'
import type { PublicJwk } from './public-jwk.ts'
import { publicJwkOf } from './public-jwk-of.ts'

declare const jkt: unique symbol

/** The RFC 7638 SHA-256 thumbprint of a key: 43 characters of base64url. Only thumbprint() and parseJkt() make one. */
export type Jkt = string & { readonly [jkt]: true }

/**
 * The thumbprint of a public key (of a private one: of its public part). Throws TypeError for a key that could not sign proofs.
 * @see RFC 7638 §3 · RFC 9449 §6.1
 */
export async function thumbprint(jwk: JWK): Promise<Jkt> {
  return thumbprintOf(publicJwkOf(jwk, algFor(jwk)))
}

/** The same for a key already judged: the required members alone, in lexicographic order, without whitespace. Synchronous on Node. */
export function thumbprintOf(key: PublicJwk): Jkt | Promise<Jkt> {
  return sha256(canonicalText(key)) as Jkt | Promise<Jkt>
}

/** 43 characters hold 258 bits: the last two of them are zero in the canonical spelling of 32 octets. */
const JKT = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** A thumbprint from the wire (`dpop_jkt`, `cnf.jkt`), or undefined unless it is 32 octets in canonical base64url. @see RFC 9449 §10 */
export function parseJkt(text: unknown): Jkt | undefined {
  return typeof text === 'string' && JKT.test(text) ? (text as Jkt) : undefined
}

/** The algorithm a key is used with when nobody says: that of its curve, PS256 for RSA. Throws TypeError for other keys. */
export function algFor(jwk: JWK): ProofAlg {
  if (jwk.kty === 'RSA') return 'PS256'
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') return 'Ed25519'
  if (jwk.kty === 'EC' && jwk.crv === 'P-256') return 'ES256'
  if (jwk.kty === 'EC' && jwk.crv === 'P-384') return 'ES384'
  if (jwk.kty === 'EC' && jwk.crv === 'P-521') return 'ES512'
  throw new TypeError('Not a key for proofs')
}

function canonicalText(key: PublicJwk): string {
  switch (key.kty) {
    case 'EC':
      return `{"crv":"${key.crv}","kty":"EC","x":"${key.x}","y":"${key.y}"}`
    case 'OKP':
      return `{"crv":"${key.crv}","kty":"OKP","x":"${key.x}"}`
    case 'RSA':
      return `{"e":"${key.e}","kty":"RSA","n":"${key.n}"}`
  }
}
