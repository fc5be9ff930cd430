import { jsonResponse, readForm } from '@keybound/oauth'
import type { AuthorizationServer } from './authorization-server.ts'
import { authenticateClient } from './client/authenticate-client.ts'
import { isPublicClient } from './client/client.ts'
import { endpointErrorResponse } from './endpoint-error-response.ts'
import { commit } from './grants/deciding-write.ts'
import { refused } from './refused.ts'
import { endReplayedToken } from './token/end-replayed-token.ts'
import { introspectOwnToken } from './token/introspect-own-token.ts'

/**
 * POST /introspect, for resource servers. Whatever the caller is not entitled to know, refresh tokens included, is only "not active".
 * No proof is asked for here (RFC 9449 §6.2): the caller checks the binding itself, with `cnf`. With `replay_seen=true` (a context parameter, as RFC 7662
 * §2.1 allows) the caller says that a proof was used twice with the token: see `revokeOnReplay`.
 * @see RFC 7662 §2 · RFC 9449 §6.2
 */
export async function introspectionRequest(server: AuthorizationServer, request: Request): Promise<Response> {
  const now = server.clock()
  try {
    const form = await readForm(request)
    const { client, writes } = await authenticateClient(server, request.headers, form, now)
    if (isPublicClient(client)) throw refused('client.auth')
    const token = form.get('token')
    if (token === undefined) throw refused('token.present')

    const isFor = (audience: readonly string[]) =>
      client.introspects.some((resource) => audience.includes(resource))
    await commit(server, writes)
    if (form.get('replay_seen') === 'true') await endReplayedToken(server, token, isFor)
    return jsonResponse(await introspectOwnToken(server, token, isFor))
  } catch (error) {
    return endpointErrorResponse(server, request, error, now)
  }
}
