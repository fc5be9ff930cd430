import { hash } from 'node:crypto'
import type { SigningKey } from './signing-keys.ts'

/** The left half of the hash that the ID token's algorithm uses (SHA-512 for Ed25519). @see OpenID Connect Core §3.1.3.6 */
export function accessTokenHalfHash(accessToken: string, alg: SigningKey['alg']): string {
  const digest = hash(alg === 'EdDSA' ? 'sha512' : 'sha256', accessToken, 'buffer')
  return digest.subarray(0, digest.length / 2).toString('base64url')
}
