import { protocolHeaders } from '@keybound/oauth'
import type { AuthorizationServer } from './authorization-server.ts'
import type { Client } from './client/client.ts'
import { isSecretOf } from './client/client-secret.ts'
import { refused } from './refused.ts'
import { checkClientMetadata } from './registration/check-client-metadata.ts'
import { clientInformationResponse } from './registration/client-information.ts'
import { clientSecretFor } from './registration/client-secret-for.ts'
import { readClientMetadata } from './registration/read-client-metadata.ts'
import { findOwnClient, registrationErrorResponse } from './registration/registration-access.ts'

/**
 * GET, PUT and DELETE /register/<client_id>: a client that registered itself reads, replaces or ends its registration. The secret
 * is shown only where this very request made it; the registration access token stays the same.
 * Does not check: the method beyond these three.
 * @see RFC 7592 §2
 */
export async function clientConfigurationRequest(
  server: AuthorizationServer,
  request: Request,
): Promise<Response> {
  const now = server.clock()
  try {
    const { client, token, tokenHash } = await findOwnClient(server, request)
    if (request.method === 'DELETE') {
      if (!(await server.registrations.remove(client.client_id, tokenHash, now))) {
        throw refused('registration.owner')
      }
      return new Response(null, { status: 204, headers: protocolHeaders() })
    }

    const { updated, clientSecret } =
      request.method === 'PUT' ? await update(server, request, client, tokenHash) : { updated: client }
    const secrets = {
      registrationAccessToken: token,
      ...(clientSecret !== undefined && { clientSecret }),
    }
    return await clientInformationResponse(server, updated, secrets, 200)
  } catch (error) {
    return registrationErrorResponse(server, error)
  }
}

/** What the body leaves out returns to its default; what only an administrator sets stays. */
async function update(
  server: AuthorizationServer,
  request: Request,
  client: Client,
  tokenHash: string,
): Promise<{ readonly updated: Client; readonly clientSecret?: string | undefined }> {
  const { metadata, body } = await readClientMetadata(request)
  checkClientNamed(body, client)
  const registered = checkClientMetadata(server, metadata)
  const secret = clientSecretFor(registered.token_endpoint_auth_method, client)
  const { client_id, client_id_issued_at, rotate_refresh_tokens, introspects, access_token_format } = client
  const updated: Client = {
    ...registered,
    client_id,
    rotate_refresh_tokens,
    introspects,
    registration_access_token_hash: tokenHash,
    ...(access_token_format !== undefined && { access_token_format }),
    ...(client_id_issued_at !== undefined && { client_id_issued_at }),
    ...(secret.hash !== undefined && { client_secret_hash: secret.hash }),
  }
  if (!(await server.registrations.replace(updated, tokenHash))) throw refused('registration.owner')
  return { updated, clientSecret: secret.value }
}

/** @throws OAuthError invalid_client_metadata `client_metadata.client` @see RFC 7592 §2.2 */
function checkClientNamed(body: Readonly<Record<string, unknown>>, client: Client): void {
  const { client_id: id, client_secret: secret } = body
  const secretFits = secret === undefined || (typeof secret === 'string' && isSecretOf(client, secret))
  if (id !== client.client_id || !secretFits) throw refused('client_metadata.client')
}
