import { jsonResponse, readForm } from '@keybound/oauth'
import { checkAuthorizationRequest } from './authorization/check-authorization-request.ts'
import { checkRedirectUri } from './authorization/checks/redirect-uri.ts'
import { checkPushQuota, pushRequest } from './authorization/push-request.ts'
import type { AuthorizationServer } from './authorization-server.ts'
import { authenticateClient } from './client/authenticate-client.ts'
import { endpointErrorResponse } from './endpoint-error-response.ts'
import { commit } from './grants/deciding-write.ts'
import { checkClientAuthentication, rulesFor } from './profile/rules-for.ts'
import { requestUriLifetime } from './profile/security-profile.ts'
import { nonceDue, proofFor } from './proof-for.ts'
import { refused } from './refused.ts'

/**
 * POST /par. A proof is optional here, even for clients that need one at the token endpoint; one that is there counts like `dpop_jkt`.
 * @see RFC 9126 §2 · RFC 9449 §10.1
 */
export async function pushedAuthorizationRequest(
  server: AuthorizationServer,
  request: Request,
): Promise<Response> {
  const now = server.clock()
  try {
    const form = await readForm(request, { repeatable: ['resource'] })
    const { client, writes } = await authenticateClient(server, request.headers, form, now)
    checkClientAuthentication(server, client)
    if (form.has('request_uri')) throw refused('par.nested')
    const proof = await proofFor(server, request, server.endpoints.pushedAuthorizationRequest, now)
    const rules = rulesFor(server, client)
    const redirectUri = checkRedirectUri(client, rules, form.get('redirect_uri'))
    const checked = await checkAuthorizationRequest(server, client, redirectUri, form, proof?.jkt, now)
    await checkPushQuota(server, client.client_id, now)

    await commit(server, [...writes, ...(proof?.writes ?? [])])
    const lifetime = requestUriLifetime(rules, server.lifetimes)
    const requestUri = await pushRequest(server, checked, lifetime, now)
    return jsonResponse(
      { request_uri: requestUri, expires_in: lifetime },
      { status: 201, nonce: await nonceDue(server, proof, now) },
    )
  } catch (error) {
    return endpointErrorResponse(server, request, error, now)
  }
}
