import type { Introspector } from '../introspection/introspector.ts'
import type { AccessToken } from './access-token.ts'
import { checkClaims, type ExpectedClaims } from './check-claims.ts'
import { invalidToken } from './invalid-token.ts'

/**
 * An opaque access token, by what the authorization server says of it. The answer is held to the same claims as a JWT: one
 * without `iss` speaks for the server that was asked; `iat` and `jti` are optional at introspection.
 *
 * Throws OAuthError invalid_token `token.valid`, temporarily_unavailable `introspection.available`.
 * @see RFC 7662 §2.2, §4 · RFC 9449 §6.2
 */
export async function introspectAccessToken(
  token: string,
  introspector: Introspector,
  expected: ExpectedClaims,
): Promise<AccessToken> {
  const answer = await introspector.ask(token)
  if (!answer.active) throw invalidToken('the token is not active')
  return checkClaims({ iss: expected.issuer, iat: expected.now, jti: 'opaque', ...answer }, expected)
}
