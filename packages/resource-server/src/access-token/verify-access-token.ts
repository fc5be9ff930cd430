import type { AccessTokenKeys } from '../keys/access-token-keys.ts'
import type { NamesKey } from '../keys/key-set.ts'
import type { AccessToken } from './access-token.ts'
import { checkClaims, type ExpectedClaims } from './check-claims.ts'
import { invalidToken } from './invalid-token.ts'
import { octets, parseObject, splitAccessToken } from './split-access-token.ts'

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
  const segments = splitAccessToken(token)
  const signature = octets(segments.signature)
  const keys = await expected.keys.current()
  const header = keys.headerOf(segments.header) ?? acceptableHeader(parseObject(segments.header))
  const accessToken = checkClaims(parseObject(segments.payload), expected)
  const key = keys.find(header) ?? (await expected.keys.renewed()).find(header)
  if (!key) throw invalidToken('no key of the issuer has this kid and algorithm')
  if (!(await key.verify(segments.signingInput, signature)))
    throw invalidToken('the signature of the token does not verify')
  keys.keepHeader(segments.header, header)
  return Object.assign(accessToken, { key })
}

/** Which key it names is for the keys to say: the algorithm is that of the key, what the header says is only ever compared. */
function acceptableHeader(header: Readonly<Record<string, unknown>>): NamesKey {
  // An ID token, a proof or a client assertion is no access token.
  if (header.typ !== 'at+jwt' && header.typ !== 'application/at+jwt') {
    throw invalidToken('typ of the token is not at+jwt')
  }
  if (header.crit !== undefined) throw invalidToken('the token asks for extensions (crit)')
  const { alg, kid } = header
  return { alg, kid }
}
