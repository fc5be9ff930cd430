import { decodeJwt, decodeProtectedHeader, type JWTPayload, type ProtectedHeaderParameters } from 'jose'
import { refused } from '../refused.ts'

/** Metadata advertises these and no other is accepted. @see FAPI 2.0 §5.4 */
export const assertionAlgs = ['ES256', 'PS256', 'EdDSA'] as const

const longestLife = 300
const clockTolerance = 10
const typs: readonly unknown[] = [undefined, 'JWT', 'client-authentication+jwt']

/** What a client assertion says, before its signature is verified. */
export interface Assertion {
  readonly clientId: string
  readonly jti: string
  /** Before this instant no server could have accepted it: by its iat, or else by the longest life that its exp may leave. */
  readonly acceptableFrom: number
  /** Its exp, a NumericDate. */
  readonly expiresAt: number
  readonly alg: (typeof assertionAlgs)[number]
  readonly kid?: string
}

/**
 * Every rule of a client assertion that needs neither the client nor cryptography.
 * Does not check: the signature, whether the jti was used.
 * @throws OAuthError invalid_client `assertion.*`
 * @see RFC 7523 §3
 */
export function readAssertion(assertionJwt: string, issuer: string, now: number): Assertion {
  const { header, claims } = decode(assertionJwt)
  const alg = assertionAlgs.find((known) => known === header.alg)
  if (alg === undefined) throw refused('assertion.alg')
  if (!typs.includes(header.typ)) throw refused('assertion.typ')
  if (header.crit !== undefined) throw refused('assertion.wellformed')
  // 1, 2. iss and sub
  const { iss, sub, aud, jti, exp, iat, nbf } = claims
  if (typeof sub !== 'string' || sub === '' || iss !== sub) throw refused('assertion.subject')
  // 3. aud: an array would name other servers too, to whom this assertion could then be replayed
  if (aud !== issuer) throw refused('assertion.audience')
  // 4, 5, 6. exp, nbf, iat
  if (!isTime(exp) || exp <= now || exp > now + longestLife) throw refused('assertion.time')
  for (const start of [iat, nbf]) {
    if (start !== undefined && !(isTime(start) && start <= now + clockTolerance)) {
      throw refused('assertion.time')
    }
  }
  // 7. jti
  if (typeof jti !== 'string' || jti === '' || jti.length > 128) throw refused('assertion.jti')
  return {
    clientId: sub,
    jti,
    acceptableFrom: iat === undefined ? exp - longestLife : iat - clockTolerance,
    expiresAt: exp,
    alg,
    ...(typeof header.kid === 'string' && { kid: header.kid }),
  }
}

function decode(assertionJwt: string): { header: ProtectedHeaderParameters; claims: JWTPayload } {
  try {
    return { header: decodeProtectedHeader(assertionJwt), claims: decodeJwt(assertionJwt) }
  } catch (cause) {
    throw refused('assertion.wellformed', { cause })
  }
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}
