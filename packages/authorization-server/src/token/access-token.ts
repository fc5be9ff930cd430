import { formatScope } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { DecidingWrite } from '../grants/deciding-write.ts'
import { randomValue } from '../random-value.ts'
import { secretHash } from '../secret-hash.ts'
import { passwordLogin } from './authentication-context.ts'
import type { Issuance } from './issuance.ts'
import { signJwt } from './sign-jwt.ts'

/** An access token on its way: `writes` belong to the request's one commit, `value` gives the token after it. */
export interface NewAccessToken {
  readonly writes: readonly DecidingWrite[]
  value(): Promise<string>
}

/**
 * A JWT, signed only after the commit, or an opaque token, whose claims the commit stores; which of them is the client's setting. Both
 * say the same, and only introspection tells the latter's.
 * @see RFC 9068 §2 · RFC 7662 §2.2 · RFC 9449 §6
 */
export function newAccessToken(server: AuthorizationServer, issuance: Issuance, now: number): NewAccessToken {
  const claims = accessTokenClaims(server, issuance, now)
  if (issuance.client.access_token_format !== 'opaque') {
    return {
      writes: [],
      value: async () => signJwt(await server.signingKeys.active('access token'), 'at+jwt', claims),
    }
  }
  const value = randomValue('at_')
  const token = { hash: secretHash(value), claims, expiresAt: claims.exp }
  return { writes: [{ write: { do: 'insert opaque token', token } }], value: async () => value }
}

/** `grant_id` is private to this server: with its grant the token ends. */
function accessTokenClaims(
  server: AuthorizationServer,
  { client, subject, scope, resources, jkt, grantId, authTime }: Issuance,
  now: number,
) {
  const iat = Math.floor(now)
  return {
    iss: server.issuer,
    sub: subject,
    aud: audience(server, scope, resources),
    exp: iat + server.lifetimes.accessToken,
    iat,
    jti: randomValue(''),
    client_id: client.client_id,
    scope: formatScope(scope),
    ...(authTime !== undefined && { auth_time: Math.floor(authTime), ...passwordLogin }),
    ...(jkt !== undefined && { cnf: { jkt } }),
    ...(grantId !== undefined && { grant_id: grantId }),
  }
}

/** With openid the token is also for our own userinfo endpoint. */
function audience(
  server: AuthorizationServer,
  scope: readonly string[],
  resources: readonly string[],
): string | string[] {
  const all = scope.includes('openid') ? [...resources, server.issuer] : [...resources]
  const [only] = all
  return all.length === 1 && only !== undefined ? only : all
}
