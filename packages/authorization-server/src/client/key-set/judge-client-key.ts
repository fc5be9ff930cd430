import { judgeJwk } from '@keybound/dpop'
import type { JWK } from 'jose'

/** A Map: a kty such as `constructor` is none of them. */
const algOf: ReadonlyMap<unknown, 'ES256' | 'PS256' | 'EdDSA'> = new Map([
  ['EC', 'ES256'],
  ['RSA', 'PS256'],
  ['OKP', 'EdDSA'],
])

/**
 * A key that a client gives as its own, judged by the very rules for the key of a proof. What is kept are the public members, kid, use
 * and alg.
 * @see RFC 7517 §4 · FAPI 2.0 §5.4
 */
export function judgeClientKey(jwk: unknown): { readonly key?: JWK; readonly because?: string | undefined } {
  const members = typeof jwk === 'object' && jwk !== null ? (jwk as Readonly<Record<string, unknown>>) : {}
  const alg = algOf.get(members.kty)
  if (!alg) return {}
  const { publicJwk, finding } = judgeJwk(members, alg)
  if (!publicJwk) return { because: finding.because }
  const { kid, use } = members
  if (kid !== undefined && (typeof kid !== 'string' || kid.length > 256)) return {}
  return {
    key: {
      ...publicJwk,
      ...(kid !== undefined && { kid }),
      ...(use !== undefined && { use: 'sig' }),
      ...(members.alg !== undefined && { alg }),
    },
  }
}
