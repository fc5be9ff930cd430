import type { JWK } from 'jose'
import type { AuthorizationServer } from './authorization-server.ts'

/** The public keys of this server, next and retired ones included; no private member, whatever the key store gives. @see RFC 7517 §5 */
export async function jwks(server: AuthorizationServer): Promise<{ readonly keys: readonly JWK[] }> {
  const keys = await server.signingKeys.publicKeys()
  return { keys: keys.map(publicMembers) }
}

function publicMembers({ kty, kid, alg, crv, x, y, n, e }: JWK): JWK {
  const members = Object.entries({ kty, kid, alg, use: 'sig', crv, x, y, n, e })
  return Object.fromEntries(members.filter(([, value]) => value !== undefined)) as JWK
}
