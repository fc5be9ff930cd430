import { createLocalJWKSet, type JWK, type JWTPayload, jwtVerify } from 'jose'
import type { AuthorizationServer } from '../authorization-server.ts'
import { secretHash } from '../secret-hash.ts'

/** An access token of ours: its signature holds, or its claims are in the store. Times are NumericDates. */
export interface OwnAccessToken {
  readonly clientId: string
  readonly subject: string
  readonly audience: readonly string[]
  readonly expiresAt: number
  readonly jti: string
  readonly grantId?: string
  readonly claims: JWTPayload
}

export interface OwnIdToken {
  readonly clientId: string
  readonly subject: string
  readonly expiresAt: number
}

/** Undefined for whatever is not ours. Does not check: expiry, revocation, audience. */
export async function readOwnAccessToken(
  server: AuthorizationServer,
  token: string,
): Promise<OwnAccessToken | undefined> {
  const claims = token.startsWith('at_')
    ? (await server.opaqueTokens.find(secretHash(token)))?.claims
    : await readOwn(server, token, 'at+jwt')
  if (!claims) return undefined
  const { client_id: clientId, sub, aud, exp, jti, grant_id: grantId } = claims
  if (typeof clientId !== 'string' || sub === undefined || exp === undefined || jti === undefined) {
    return undefined
  }
  return {
    clientId,
    subject: sub,
    audience: [aud ?? []].flat(),
    expiresAt: exp,
    jti,
    ...(typeof grantId === 'string' && { grantId }),
    claims,
  }
}

/** Undefined for whatever is not ours. Does not check: expiry. */
export async function readOwnIdToken(
  server: AuthorizationServer,
  token: string,
): Promise<OwnIdToken | undefined> {
  const claims = await readOwn(server, token, 'JWT')
  if (typeof claims?.aud !== 'string' || claims.sub === undefined || claims.exp === undefined)
    return undefined
  return { clientId: claims.aud, subject: claims.sub, expiresAt: claims.exp }
}

/** The typ keeps the two kinds apart: they have separate keys, but one key set. */
async function readOwn(
  server: AuthorizationServer,
  token: string,
  typ: 'at+jwt' | 'JWT',
): Promise<JWTPayload | undefined> {
  const keys = keySet(await server.signingKeys.publicKeys())
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: server.issuer,
      typ,
      algorithms: ['ES256', 'PS256', 'EdDSA'],
      currentDate: new Date(0),
    })
    return payload
  } catch {
    return undefined
  }
}

const keySets = new WeakMap<readonly JWK[], ReturnType<typeof createLocalJWKSet>>()

function keySet(keys: readonly JWK[]): ReturnType<typeof createLocalJWKSet> {
  const known = keySets.get(keys)
  if (known) return known
  const set = createLocalJWKSet({ keys: [...keys] })
  keySets.set(keys, set)
  return set
}
