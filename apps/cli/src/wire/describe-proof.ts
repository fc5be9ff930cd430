import { thumbprint } from '@keybound/dpop'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { short } from '../narrator.ts'

/** The parts of a proof of our own that tell the story: decoded, not checked. */
export async function describeProof(proofJwt: string): Promise<string[]> {
  const { alg, jwk } = decodeProtectedHeader(proofJwt)
  const { htm, htu, iat, jti, nonce, ath } = decodeJwt(proofJwt)
  const claims = {
    htm,
    htu,
    iat: typeof iat === 'number' ? new Date(iat * 1000).toISOString().slice(11, 19) : iat,
    jti: short(String(jti), 8),
    ...(nonce === undefined ? {} : { nonce: short(String(nonce), 8) }),
    ...(ath === undefined ? {} : { ath: short(String(ath), 8) }),
  }
  const parts = Object.entries(claims).map(([name, value]) => `${name}=${String(value)}`)
  const key = jwk === undefined ? 'no key' : short(await thumbprint(jwk), 10)
  return [...parts, `signed with ${String(alg)} by ${key}`]
}
