import type { AccessToken } from './access-token.ts'
import { invalidToken } from './invalid-token.ts'

export interface ExpectedClaims {
  /** Compared as text. */
  readonly issuer: string
  /** One of the token's audiences. */
  readonly audience: string
  readonly now: number
  /** Seconds that the issuer's clock may be ahead: for `nbf` alone, an expired token is expired. */
  readonly tolerance: number
}

/**
 * The claims of a JWT access token: those RFC 9068 requires, of the right type, for this resource, now.
 *
 * Throws OAuthError invalid_token `token.valid`.
 * Does not check: the signature, `typ`, revocation, binding, scope.
 * @see RFC 9068 §2.2, §4
 */
export function checkClaims(
  claims: Readonly<Record<string, unknown>>,
  expected: ExpectedClaims,
): AccessToken {
  const { iss, aud, sub, client_id, exp, iat, nbf, jti, scope, cnf } = claims
  if (iss !== expected.issuer) throw invalidToken('the token is from another issuer')
  const audience = typeof aud === 'string' ? [aud] : aud
  if (!isTextList(audience)) throw invalidToken('the token names no audience')
  if (!audience.includes(expected.audience)) throw invalidToken('the token is for another resource')
  checkTimes({ exp, iat, nbf }, expected)
  if (!isText(sub) || !isText(client_id) || !isText(jti)) {
    throw invalidToken('the token lacks sub, client_id or jti')
  }
  if (scope !== undefined && typeof scope !== 'string')
    throw invalidToken('the scope of the token is not text')
  return {
    issuer: iss as string,
    subject: sub,
    clientId: client_id,
    audience,
    scope: scope ? scope.split(' ') : [],
    expiresAt: exp as number,
    confirmation: cnf,
    claims,
  }
}

function checkTimes(times: { exp: unknown; iat: unknown; nbf: unknown }, expected: ExpectedClaims): void {
  const { exp, iat, nbf } = times
  if (!isTime(exp) || !isTime(iat)) throw invalidToken('the token lacks exp or iat')
  if (expected.now >= exp) throw invalidToken('the token has expired')
  if (nbf === undefined) return
  if (!isTime(nbf)) throw invalidToken('nbf of the token is not a time')
  if (nbf > expected.now + expected.tolerance) throw invalidToken('the token is not valid yet')
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length > 0 && value.every((member) => typeof member === 'string')
}
