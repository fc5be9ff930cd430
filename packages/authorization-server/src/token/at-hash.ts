import { base64url } from 'jose'
import type { SigningKey } from './signing-keys.ts'

/** at_hash: the left half of the hash that the ID token's algorithm uses (SHA-512 for Ed25519). @see OpenID Connect Core §3.1.3.6 */
export async function accessTokenHalfHash(accessToken: string, alg: SigningKey['alg']): Promise<string> {
  const digest = alg === 'EdDSA' ? 'SHA-512' : 'SHA-256'
  const hash = new Uint8Array(await crypto.subtle.digest(digest, new TextEncoder().encode(accessToken)))
  return base64url.encode(hash.slice(0, hash.length / 2))
}
