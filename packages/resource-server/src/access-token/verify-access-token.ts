import type { AccessTokenKeys } from '../keys/access-token-keys.ts'
import type { VerificationKey } from '../keys/verification-key.ts'
import type { AccessToken } from './access-token.ts'
import { checkClaims, type ExpectedClaims } from './check-claims.ts'
import { invalidToken } from './invalid-token.ts'
import { parseAccessToken } from './parse-access-token.ts'

export interface ExpectedAccessToken extends ExpectedClaims {
  readonly keys: AccessTokenKeys
}

/**
 * A JWT access token for this resource, signed by a key of its issuer. One signature verification at most, after everything
 * that needs none; one fetch of keys at most, within their cool-down.
 *
 * Throws OAuthError invalid_token `token.valid`, temporarily_unavailable `keys.available` when no key can be had.
 * Does not check: revocation, binding, scope.
 * @see RFC 9068 §4 · RFC 8725 §3.1, §3.11
 */
export async function verifyAccessToken(token: string, expected: ExpectedAccessToken): Promise<AccessToken> {
  const { header, claims, signingInput, signature } = parseAccessToken(token)
  // An ID token, a proof or a client assertion is no access token.
  if (header.typ !== 'at+jwt' && header.typ !== 'application/at+jwt') {
    throw invalidToken('typ of the token is not at+jwt')
  }
  if (header.crit !== undefined) throw invalidToken('the token asks for extensions (crit)')
  const accessToken = checkClaims(claims, expected)
  const key = await findKey(expected.keys, header)
  if (!(await key.verify(signingInput, signature)))
    throw invalidToken('the signature of the token does not verify')
  return { ...accessToken, key }
}

/** The key that the header names, by the algorithm of the key: what the header says is only ever compared. */
async function findKey(
  keys: AccessTokenKeys,
  header: { alg?: unknown; kid?: unknown },
): Promise<VerificationKey> {
  const found = (await keys.current()).find(header) ?? (await keys.renewed()).find(header)
  if (!found) throw invalidToken('no key of the issuer has this kid and algorithm')
  return found
}
