import type { AuthorizationServer } from '../authorization-server.ts'
import { accessTokenHalfHash } from './at-hash.ts'
import type { Issuance } from './issuance.ts'
import { signJwt } from './sign-jwt.ts'

/**
 * An ID token. A refreshed one says the same about the user (iss, sub, aud, auth_time) and has no nonce.
 * @see OpenID Connect Core §2, §3.1.3.6, §12.2
 */
export async function signIdToken(
  server: AuthorizationServer,
  { client, subject, authTime, idTokenNonce }: Issuance,
  accessToken: string,
  now: number,
): Promise<string> {
  const key = await server.signingKeys.active('id token')
  const iat = Math.floor(now)
  return signJwt(key, 'JWT', {
    iss: server.issuer,
    sub: subject,
    aud: client.client_id,
    exp: iat + server.lifetimes.idToken,
    iat,
    auth_time: authTime === undefined ? undefined : Math.floor(authTime),
    nonce: idTokenNonce,
    at_hash: accessTokenHalfHash(accessToken, key.alg),
  })
}
