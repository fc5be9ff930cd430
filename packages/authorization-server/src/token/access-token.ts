import { formatScope } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import { randomValue } from '../random-value.ts'
import type { Issuance } from './issuance.ts'
import { signJwt } from './sign-jwt.ts'

/**
 * A JWT access token. `grant_id` is private to this server: with its grant the token ends.
 * @see RFC 9068 §2 · RFC 9449 §6.1
 */
export async function signAccessToken(
  server: AuthorizationServer,
  { client, subject, scope, resources, jkt, grantId, authTime }: Issuance,
  now: number,
): Promise<string> {
  const iat = Math.floor(now)
  return signJwt(await server.signingKeys.active('access token'), 'at+jwt', {
    iss: server.issuer,
    sub: subject,
    aud: audience(server, scope, resources),
    exp: iat + server.lifetimes.accessToken,
    iat,
    jti: randomValue(''),
    client_id: client.client_id,
    scope: formatScope(scope),
    auth_time: authTime === undefined ? undefined : Math.floor(authTime),
    cnf: jkt === undefined ? undefined : { jkt },
    grant_id: grantId,
  })
}

/** With openid the token is also for our own userinfo endpoint. */
function audience(
  server: AuthorizationServer,
  scope: readonly string[],
  resources: readonly string[],
): string | readonly string[] {
  const all = scope.includes('openid') ? [...resources, server.issuer] : resources
  const [only] = all
  return all.length === 1 && only !== undefined ? only : all
}
