import type { AuthorizationServer } from '../authorization-server.ts'
import { commit } from '../grants/deciding-write.ts'
import { secretHash } from '../secret-hash.ts'
import { readOwnAccessToken } from './read-own-token.ts'

/**
 * After a resource saw a proof used twice with this access token: where the server is set up to (`revokeOnReplay`), its grant ends, and every token
 * with it; a token without a grant (client credentials) ends alone. `isFor` says of which tokens the caller may speak.
 * Does not check: that there was a replay. The caller is believed.
 * @throws OAuthError temporarily_unavailable
 */
export async function endReplayedToken(
  server: AuthorizationServer,
  token: string,
  isFor: (audience: readonly string[]) => boolean,
): Promise<void> {
  if (!server.revokeOnReplay) return
  const own = await readOwnAccessToken(server, token)
  if (!own || !isFor(own.audience)) return
  const { grantId, jti, expiresAt } = own
  await commit(server, [
    grantId === undefined
      ? { write: { do: 'revoke access token', jtiHash: secretHash(jti), expiresAt } }
      : { write: { do: 'revoke grant', grantId, at: server.clock() } },
  ])
}
