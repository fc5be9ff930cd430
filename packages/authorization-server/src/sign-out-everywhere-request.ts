import { jsonResponse, readForm } from '@keybound/oauth'
import type { AuthorizationServer } from './authorization-server.ts'
import { authenticateClient } from './client/authenticate-client.ts'
import { isPublicClient } from './client/client.ts'
import { endpointErrorResponse } from './endpoint-error-response.ts'
import { commit } from './grants/deciding-write.ts'
import { checkClientAuthentication } from './profile/rules-for.ts'
import { refused } from './refused.ts'
import { readOwnIdToken } from './token/read-own-token.ts'

/** Ends every browser session of the user, and everything that the user has granted to this one client. */
export type SignOut = (subject: string, clientId: string, now: number) => Promise<void>

/**
 * POST /logout/everywhere, by a client whose user wants to be signed out wherever they are. No specification has it. The client
 * authenticates, and shows with id_token_hint, expired or not, that the user is one of its own. Another client's grants stay.
 */
export async function signOutEverywhereRequest(
  server: AuthorizationServer,
  request: Request,
  signOut: SignOut,
): Promise<Response> {
  const now = server.clock()
  try {
    const form = await readForm(request)
    const { client, writes } = await authenticateClient(server, request.headers, form, now)
    checkClientAuthentication(server, client)
    if (isPublicClient(client)) throw refused('client.auth')
    const idToken = await readOwnIdToken(server, form.get('id_token_hint') ?? '')
    if (idToken?.clientId !== client.client_id) throw refused('id_token_hint.valid')
    await commit(server, writes)
    await signOut(idToken.subject, client.client_id, now)
    return jsonResponse({})
  } catch (error) {
    return endpointErrorResponse(server, request, error, now)
  }
}
