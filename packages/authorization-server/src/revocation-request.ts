import { type Form, jsonResponse, readForm } from '@keybound/oauth'
import type { AuthorizationServer } from './authorization-server.ts'
import { authenticateClient } from './client/authenticate-client.ts'
import type { Client } from './client/client.ts'
import { endpointErrorResponse } from './endpoint-error-response.ts'
import { commit, type DecidingWrite } from './grants/deciding-write.ts'
import { checkClientAuthentication } from './profile/rules-for.ts'
import { nonceDue, proofFor } from './proof-for.ts'
import { refused } from './refused.ts'
import { secretHash } from './secret-hash.ts'
import { readOwnAccessToken } from './token/read-own-token.ts'

/**
 * POST /revoke. A refresh token ends its grant, and with it every access token. A token that is unknown or another client's: 200,
 * and nothing happens. No proof is needed; one that is there must be valid. The hint is not needed: our tokens differ by themselves.
 * @see RFC 7009 §2
 */
export async function revocationRequest(server: AuthorizationServer, request: Request): Promise<Response> {
  const now = server.clock()
  try {
    const form = await readForm(request)
    const { client, writes } = await authenticateClient(server, request.headers, form, now)
    checkClientAuthentication(server, client)
    const proof = await proofFor(server, request, server.endpoints.revocation, now)
    const revocation = await findRevocation(server, form, client, now)
    await commit(server, [...writes, ...(proof?.writes ?? []), ...revocation])
    return jsonResponse({}, { nonce: await nonceDue(server, proof, now) })
  } catch (error) {
    return endpointErrorResponse(server, request, error, now)
  }
}

async function findRevocation(
  server: AuthorizationServer,
  form: Form,
  client: Client,
  now: number,
): Promise<readonly DecidingWrite[]> {
  const token = form.get('token')
  if (token === undefined) throw refused('token.present')

  const refresh = await server.grantStore.findRefreshToken(secretHash(token))
  if (refresh) {
    if (refresh.grant.clientId !== client.client_id) return []
    return [{ write: { do: 'revoke grant', grantId: refresh.grant.id, at: now } }]
  }
  const access = await readOwnAccessToken(server, token)
  if (!access || access.clientId !== client.client_id || access.expiresAt <= now) return []
  const jtiHash = secretHash(access.jti)
  return [{ write: { do: 'revoke access token', jtiHash, expiresAt: access.expiresAt } }]
}
