import type { AuthorizationServer } from './authorization-server.ts'
import type { Client } from './client/client.ts'
import { randomValue } from './random-value.ts'
import { refused } from './refused.ts'
import { checkClientMetadata } from './registration/check-client-metadata.ts'
import { clientInformationResponse } from './registration/client-information.ts'
import { clientSecretFor } from './registration/client-secret-for.ts'
import { readClientMetadata } from './registration/read-client-metadata.ts'
import { checkInitialAccessToken, registrationErrorResponse } from './registration/registration-access.ts'
import { secretHash } from './secret-hash.ts'

const hour = 3600

/**
 * POST /register: a client registers itself. Who has no initial access token costs one hash. Nothing in the metadata is fetched.
 * @see RFC 7591 §3
 */
export async function registrationRequest(server: AuthorizationServer, request: Request): Promise<Response> {
  const now = server.clock()
  try {
    checkInitialAccessToken(server, request.headers)
    const { metadata } = await readClientMetadata(request)
    const registered = checkClientMetadata(server, metadata)
    const secret = clientSecretFor(registered.token_endpoint_auth_method)
    const registrationAccessToken = randomValue('rat_')
    const client: Client = {
      ...registered,
      client_id: randomValue('client_'),
      client_id_issued_at: now,
      registration_access_token_hash: secretHash(registrationAccessToken),
      ...(secret.hash !== undefined && { client_secret_hash: secret.hash }),
    }
    const quota = { most: server.registrationQuota, since: now - hour }
    if (!(await server.registrations.insert(client, quota))) throw refused('registration.rate')
    const secrets = {
      registrationAccessToken,
      ...(secret.value !== undefined && { clientSecret: secret.value }),
    }
    return await clientInformationResponse(server, client, secrets, 201)
  } catch (error) {
    return registrationErrorResponse(server, error)
  }
}
