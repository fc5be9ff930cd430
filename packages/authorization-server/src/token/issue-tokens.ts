import { formatScope } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import { signIdToken } from './id-token.ts'
import type { Issuance } from './issuance.ts'

/** A successful token response, as on the wire. @see RFC 6749 §5.1 · OpenID Connect Core §3.1.3.3 */
export interface TokenSet {
  readonly access_token: string
  readonly token_type: 'DPoP' | 'Bearer'
  readonly expires_in: number
  readonly scope: string
  readonly refresh_token?: string
  readonly id_token?: string
}

/** Signs what was decided. Nothing is stored here: that was committed before. */
export async function issueTokens(
  server: AuthorizationServer,
  issuance: Issuance,
  accessToken: string,
  now: number,
): Promise<TokenSet> {
  const identifies = issuance.scope.includes('openid')
  return {
    access_token: accessToken,
    token_type: issuance.jkt === undefined ? 'Bearer' : 'DPoP',
    expires_in: server.lifetimes.accessToken,
    scope: formatScope(issuance.scope),
    ...(issuance.refreshToken !== undefined && { refresh_token: issuance.refreshToken }),
    ...(identifies && { id_token: await signIdToken(server, issuance, accessToken, now) }),
  }
}
