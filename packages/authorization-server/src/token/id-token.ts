import type { AuthorizationServer } from '../authorization-server.ts'
import { accessTokenHalfHash } from './at-hash.ts'
import { passwordLogin } from './authentication-context.ts'
import type { Issuance } from './issuance.ts'
import { signJwt } from './sign-jwt.ts'
import { userinfoClaims } from './userinfo-claims.ts'

/**
 * An ID token. A refreshed one says the same about the user (iss, sub, aud, auth_time) and has no nonce.
 * @see OpenID Connect Core §2, §3.1.3.6, §12.2
 */
export async function signIdToken(
  server: AuthorizationServer,
  { client, subject, scope, authTime, idTokenNonce, idTokenClaims }: Issuance,
  accessToken: string,
  now: number,
): Promise<string> {
  const key = await server.signingKeys.active('id token')
  const iat = Math.floor(now)
  const about = idTokenClaims ? await userinfoClaims(server, { subject, scope }) : undefined
  const asked = Object.entries(about ?? {}).filter(([name]) => idTokenClaims?.includes(name))
  return signJwt(key, 'JWT', {
    ...Object.fromEntries(asked),
    iss: server.issuer,
    sub: subject,
    aud: client.client_id,
    exp: iat + server.lifetimes.idToken,
    iat,
    ...(authTime !== undefined && { auth_time: Math.floor(authTime), ...passwordLogin }),
    nonce: idTokenNonce,
    at_hash: accessTokenHalfHash(accessToken, key.alg),
  })
}
