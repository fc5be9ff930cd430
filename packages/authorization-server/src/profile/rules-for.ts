import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { refused } from '../refused.ts'
import { type ProfileRules, profiles, type SecurityProfile } from './security-profile.ts'

/** The stricter one of what the server and what the client runs as. */
export function rulesFor(
  { securityProfile }: AuthorizationServer,
  { security_profile }: { readonly security_profile?: SecurityProfile | undefined },
): ProfileRules {
  return profiles[securityProfile === 'fapi2' || security_profile === 'fapi2' ? 'fapi2' : 'baseline']
}

/**
 * To be asked when the client is authenticated: whether it may be a client at all. Resource servers that introspect are no clients.
 * @throws OAuthError invalid_client `client.profile`
 * @see FAPI 2.0 §5.3.2.1 (2, 6)
 */
export function checkClientAuthentication(server: AuthorizationServer, client: Client): void {
  const { clientAuthentication } = rulesFor(server, client)
  if (!clientAuthentication.includes(client.token_endpoint_auth_method)) throw refused('client.profile')
}

export function mustPush(server: AuthorizationServer, client: Client): boolean {
  return (
    server.requirePushedAuthorizationRequests ||
    client.require_pushed_authorization_requests ||
    rulesFor(server, client).pushedRequestsOnly
  )
}

export function mustBind(server: AuthorizationServer, client: Client): boolean {
  return client.dpop_bound_access_tokens || rulesFor(server, client).senderConstrainedTokensOnly
}
