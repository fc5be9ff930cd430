import type { Form } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { DecidingWrite } from '../grants/deciding-write.ts'
import { refused } from '../refused.ts'
import type { Client } from './client.ts'
import { isSecretOf } from './client-secret.ts'
import { readCredentials } from './credentials.ts'
import { checkPrivateKeyJwt } from './private-key-jwt.ts'

export interface AuthenticatedClient {
  readonly client: Client
  /** Spends the assertion, where there was one. To be committed with whatever else the request changes. */
  readonly writes: readonly DecidingWrite[]
}

/**
 * Finds the client and checks its credentials by the one method it is registered for. Writes nothing.
 * @throws OAuthError invalid_client (401), invalid_request `client.single`
 * @see RFC 6749 §2.3
 */
export async function authenticateClient(
  server: AuthorizationServer,
  headers: Headers,
  form: Form,
  now: number,
): Promise<AuthenticatedClient> {
  const credentials = readCredentials(headers, form)
  if (credentials.method === 'private_key_jwt') {
    const { client, write } = await checkPrivateKeyJwt(server, credentials, now)
    return { client, writes: [write] }
  }

  const client = await server.clients.find(credentials.clientId)
  const authentic = credentials.method === 'none' || isSecretOf(client, credentials.secret)
  if (!client || !authentic || client.token_endpoint_auth_method !== credentials.method) {
    throw refused('client.auth')
  }
  return { client, writes: [] }
}
