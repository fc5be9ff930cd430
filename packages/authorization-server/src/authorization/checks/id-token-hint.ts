import type { AuthorizationServer } from '../../authorization-server.ts'
import type { Client } from '../../client/client.ts'
import { refused } from '../../refused.ts'
import { readOwnIdToken } from '../../token/read-own-token.ts'

/** Whom the hint names. It has to be ours, live and issued to this client: a hint never decides anything, it only forbids other users. @see OpenID Connect Core §3.1.2.1 */
export async function checkIdTokenHint(
  server: AuthorizationServer,
  client: Client,
  hint: string | undefined,
  now: number,
): Promise<string | undefined> {
  if (hint === undefined) return undefined
  const idToken = await readOwnIdToken(server, hint)
  if (!idToken || idToken.expiresAt <= now || idToken.clientId !== client.client_id) {
    throw refused('id_token_hint.valid')
  }
  return idToken.subject
}
