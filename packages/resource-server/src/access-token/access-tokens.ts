import { defaultProofPolicy, splitCompactJws } from '@keybound/dpop/server'
import type { ProtectResourceOptions } from '../options.ts'
import type { AccessToken } from './access-token.ts'
import { introspectAccessToken } from './introspect-access-token.ts'
import { invalidToken } from './invalid-token.ts'
import { verifiedTokens } from './verified-tokens.ts'
import { verifyAccessToken } from './verify-access-token.ts'

/** `hash` is accessTokenHash(token), as it stands in a proof's ath. */
export interface AccessTokens {
  /**
   * The token, verified now or kept from an earlier request, and not revoked.
   * Throws OAuthError invalid_token `token.valid`, temporarily_unavailable where keys or introspection cannot be had.
   */
  verify(token: string, hash: string, now: number): Promise<AccessToken>
  /** To be called once the binding held too. */
  keep(hash: string, accessToken: AccessToken): void
}

export function accessTokens(options: ProtectResourceOptions): AccessTokens {
  const { issuer, resource, keys, isRevoked, opaqueTokens, policy = defaultProofPolicy } = options
  const verified = verifiedTokens(options.kept)

  function find(token: string, now: number): Promise<AccessToken> {
    const expected = { keys, issuer, audience: resource, now, tolerance: policy.tolerance }
    if (opaqueTokens && splitCompactJws(token) === undefined)
      return introspectAccessToken(token, opaqueTokens, expected)
    return verifyAccessToken(token, expected)
  }

  async function verify(token: string, hash: string, now: number): Promise<AccessToken> {
    const accessToken = verified.recall(hash, await keys.current(), now) ?? (await find(token, now))
    if (isRevoked && (await isRevoked(token, accessToken, hash))) throw invalidToken('the token was revoked')
    return accessToken
  }

  return { verify, keep: verified.keep }
}
