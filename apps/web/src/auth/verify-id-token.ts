import { errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'
import { clientId } from './client-key.ts'
import { SignInFailure } from './sign-in-failure.ts'

export interface IdToken {
  readonly subject: string
}

/** Asymmetric ones only: no alg none, and no HS256 keyed with something public. */
const algorithms = ['ES256', 'PS256', 'EdDSA', 'Ed25519']
const tolerance = 10

/**
 * Auth.js checks the claims of an ID token but not its signature: a changed `sub` would sign in. So it is verified here, whole.
 *
 * Throws SignInFailure `id_token.valid` for a signature, algorithm, issuer, audience or time that is not right, `issuer.reachable`
 * where the keys could not be read.
 * Does not check: the nonce, which Auth.js compares with its cookie.
 * @see OpenID Connect Core §3.1.3.7
 */
export async function verifyIdToken(
  idToken: string | undefined,
  expected: { issuer: string; keys: JWTVerifyGetKey; now: number },
): Promise<IdToken> {
  if (idToken === undefined) throw new SignInFailure('id_token.valid')
  const claims = await verify(idToken, expected)
  // Ours alone: a token that other parties may hold as well is not accepted, azp or not.
  const audience = Array.isArray(claims.aud) ? claims.aud : [claims.aud]
  if (audience.length !== 1 || typeof claims.sub !== 'string' || claims.sub === '')
    throw new SignInFailure('id_token.valid')
  return { subject: claims.sub }
}

async function verify(
  idToken: string,
  { issuer, keys, now }: { issuer: string; keys: JWTVerifyGetKey; now: number },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(idToken, keys, {
      issuer,
      audience: clientId,
      algorithms,
      currentDate: new Date(now * 1000),
      clockTolerance: tolerance,
      requiredClaims: ['iss', 'sub', 'aud', 'exp', 'iat'],
    })
    return payload
  } catch (cause) {
    if (cause instanceof SignInFailure) throw cause
    const unreachable = cause instanceof errors.JWKSTimeout || cause instanceof TypeError
    throw new SignInFailure(unreachable ? 'issuer.reachable' : 'id_token.valid', { cause })
  }
}
