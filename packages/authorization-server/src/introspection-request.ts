import { jsonResponse, readForm } from '@keybound/oauth'
import type { AuthorizationServer } from './authorization-server.ts'
import { authenticateClient } from './client/authenticate-client.ts'
import { type Client, isPublicClient } from './client/client.ts'
import { endpointErrorResponse } from './endpoint-error-response.ts'
import { commit } from './grants/deciding-write.ts'
import { refused } from './refused.ts'
import { secretHash } from './secret-hash.ts'
import { type OwnAccessToken, readOwnAccessToken } from './token/read-own-token.ts'

/**
 * POST /introspect, for resource servers. Whatever the caller is not entitled to know, refresh tokens included, is only "not active".
 * No proof is asked for here (RFC 9449 §6.2): the caller checks the binding itself, with `cnf`.
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

    const accessToken = await readOwnAccessToken(server, token)
    const active = accessToken && (await isActiveFor(server, client, accessToken, now))
    await commit(server, writes)
    return jsonResponse(active ? introspection(accessToken) : { active: false })
  } catch (error) {
    return endpointErrorResponse(server, request, error, now)
  }
}

async function isActiveFor(
  server: AuthorizationServer,
  client: Client,
  { clientId, audience, expiresAt, jti, grantId }: OwnAccessToken,
  now: number,
): Promise<boolean> {
  if (expiresAt <= now || !client.introspects.some((resource) => audience.includes(resource))) return false
  // A client that is gone leaves no live token behind, its own ones (client credentials) included.
  if (!(await server.clients.find(clientId))) return false
  return !(await server.revocations.isRevoked({
    jtiHash: secretHash(jti),
    ...(grantId !== undefined && { grantId }),
  }))
}

/** Every claim of the token save our private one. */
function introspection({ claims }: OwnAccessToken): Readonly<Record<string, unknown>> {
  const { grant_id: _, ...shown } = claims
  return { active: true, ...shown, token_type: claims.cnf === undefined ? 'Bearer' : 'DPoP' }
}
