import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { checkClientMetadata } from './check-client-metadata.ts'
import { clientSecretFor } from './client-secret-for.ts'
import { parseClientMetadata } from './read-client-metadata.ts'

/** What an administrator decides beside what the client says about itself. */
export type AdministeredMembers = Partial<
  Pick<Client, 'introspects' | 'rotate_refresh_tokens' | 'access_token_format'>
>

/**
 * A client that an administrator adds, by the rules of a registration; the secret, where it needs one, is shown this once. One without
 * a grant (a resource server that introspects) needs no redirect URI. In the place of `current` it keeps the secret that there is.
 * Does not check: whether the client_id is taken. Saves nothing.
 * @throws OAuthError invalid_redirect_uri, invalid_client_metadata
 */
export function newClient(
  server: AuthorizationServer,
  clientId: string,
  metadata: unknown,
  administered: AdministeredMembers = {},
  current?: Client,
): { readonly client: Client; readonly clientSecret?: string } {
  const registered = checkClientMetadata(server, parseClientMetadata(metadata))
  const { hash, value } = clientSecretFor(registered.token_endpoint_auth_method, current)
  return {
    client: {
      ...registered,
      ...administered,
      client_id: clientId,
      ...(hash !== undefined && { client_secret_hash: hash }),
    },
    ...(value !== undefined && { clientSecret: value }),
  }
}
