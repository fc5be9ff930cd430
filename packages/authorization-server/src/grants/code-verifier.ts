import { refused } from '../refused.ts'
import { secretHash } from '../secret-hash.ts'

/**
 * S256 only: the challenge is the hash of the verifier, never the verifier itself.
 * @throws OAuthError invalid_grant `pkce.match`
 * @see RFC 7636 §4.1, §4.6
 */
export function checkCodeVerifier(verifier: string | undefined, codeChallenge: string): void {
  if (verifier === undefined || !/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) throw refused('pkce.match')
  if (secretHash(verifier) !== codeChallenge) throw refused('pkce.match')
}
