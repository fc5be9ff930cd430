import { testKeys } from '@keybound/testkit'
import { importJWK, type JWK, type JWTHeaderParameters, SignJWT } from 'jose'

export const issuer = 'https://as.example'
export const resource = 'https://api.example/api/profile'

const signing = testKeys.ES256

export const jwks = { keys: [{ ...signing.publicJwk, kid: 'as-1', use: 'sig', alg: 'ES256' }] }

export interface TokenParts {
  readonly now: number
  /** Set on the good claims; undefined removes a member. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly header?: Partial<JWTHeaderParameters>
  readonly privateJwk?: JWK
}

/** An access token as our authorization server gives it to alice, changed as told. */
export async function issueToken({ now, claims = {}, header = {}, privateJwk }: TokenParts): Promise<string> {
  const good = {
    iss: issuer,
    aud: resource,
    sub: 'alice',
    client_id: 'web',
    scope: 'profile profile:write',
    jti: crypto.randomUUID(),
    iat: Math.floor(now),
    exp: Math.floor(now) + 300,
  }
  const protectedHeader = { alg: 'ES256', kid: 'as-1', typ: 'at+jwt', ...header }
  const key = await importJWK(privateJwk ?? signing.privateJwk, protectedHeader.alg)
  const payload = JSON.parse(JSON.stringify({ ...good, ...claims }))
  return new SignJWT(payload).setProtectedHeader(JSON.parse(JSON.stringify(protectedHeader))).sign(key)
}
