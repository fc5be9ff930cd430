import type { JWK } from 'jose'
import { parseBase64url } from '../base64url.ts'
import { algDetails, type ProofAlg } from './proof-alg.ts'
import type { PublicJwk } from './public-jwk.ts'

/**
 * The required public members of a JWK of one's own, public or private. Throws TypeError unless they are there, canonical and of the right length.
 * Does not check: what only a stranger's key can have wrong (a point off the curve, a weak modulus). That is judgeJwk, which a client need not carry.
 */
export function publicJwkOf(jwk: JWK, alg: ProofAlg): PublicJwk {
  const details = algDetails(alg)
  const { kty, crv, x, y, n, e } = jwk
  if (kty === details.kty) {
    if (details.kty === 'RSA' && isOctets(n) && isOctets(e)) return { kty: 'RSA', n, e }
    if (details.kty === 'OKP' && crv === details.crv && isOctets(x, 32))
      return { kty: 'OKP', crv: 'Ed25519', x }
    if (
      details.kty === 'EC' &&
      crv === details.crv &&
      isOctets(x, details.octets) &&
      isOctets(y, details.octets)
    ) {
      return { kty: 'EC', crv: details.crv, x, y }
    }
  }
  throw new TypeError('Not a key for this alg')
}

function isOctets(value: unknown, length?: number): value is string {
  const octets = typeof value === 'string' ? parseBase64url(value) : undefined
  return octets !== undefined && octets.length > 0 && (length === undefined || octets.length === length)
}
