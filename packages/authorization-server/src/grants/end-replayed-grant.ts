import { OAuthError } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import { commit, type DecidingWrite } from './deciding-write.ts'

/**
 * After a token request that failed: where its proof had been used before and the server is set up to (`revokeOnReplay`), the grant that it was about
 * ends. Whoever sent it holds the code or refresh token and a proof by its key, so that a stranger ends nothing. A code that nobody redeemed has no
 * grant yet.
 */
export async function endReplayedGrant(
  server: AuthorizationServer,
  error: unknown,
  requested: readonly DecidingWrite[],
  now: number,
): Promise<void> {
  if (!server.revokeOnReplay || !(error instanceof OAuthError) || error.reason !== 'jti.unused') return
  const grantId = requested.flatMap(({ write }) =>
    write.do === 'require live grant' || write.do === 'revoke grant' ? [write.grantId] : [],
  )[0]
  if (grantId !== undefined) await commit(server, [{ write: { do: 'revoke grant', grantId, at: now } }])
}
