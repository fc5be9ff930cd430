import type { JWK } from 'jose'
import type { AuthorizationServer } from './authorization-server.ts'

/** The public keys of this server; no private member, whatever the key store gives. @see RFC 7517 §5 */
export async function jwks(_server: AuthorizationServer): Promise<{ readonly keys: readonly JWK[] }> {
  throw new TypeError('to come')
}
