import { createProof } from '@keybound/dpop'
import { importJWK, SignJWT } from 'jose'
import type { RacePlatform, Sendable } from './race-platform.ts'

export const verifier = 'a-verifier-of-at-least-forty-three-characters-0'

/** A token request with this proof, or a new one by the platform's key. */
export async function tokenForm(
  platform: RacePlatform,
  form: Readonly<Record<string, string>>,
  nonce: string | undefined,
  proof?: string,
): Promise<Sendable> {
  const dpop = proof ?? (await tokenProof(platform, nonce))
  return { to: 'auth-server', method: 'POST', path: '/token', headers: { dpop }, form }
}

export function tokenProof({ issuer, key }: RacePlatform, nonce: string | undefined): Promise<string> {
  return createProof(key, { method: 'POST', url: `${issuer}/token`, nonce })
}

/** The form members with which a client of the demo authenticates, by a new assertion, dated so many seconds ahead. */
export async function assertionForm(
  { issuer, assertionKeys }: RacePlatform,
  client: 'web' | 'service',
  ahead = 0,
): Promise<Record<string, string>> {
  const jwk = assertionKeys[client]
  const now = Math.floor(Date.now() / 1000) + ahead
  const claims = { iss: client, sub: client, aud: issuer, jti: crypto.randomUUID(), iat: now, exp: now + 60 }
  const assertion = await new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', ...(jwk.kid && { kid: jwk.kid }) })
    .sign(await importJWK(jwk, 'ES256'))
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }
}
