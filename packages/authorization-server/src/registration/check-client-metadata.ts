import { formatScope, parseScope, scopeIncludes } from '@keybound/oauth'
import { isHttpsOrLoopback } from '../authorization/checks/https-or-loopback.ts'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client, ClientAuthenticationMethod } from '../client/client.ts'
import { isLoopbackIssuer } from '../client/loopback.ts'
import { rulesFor } from '../profile/rules-for.ts'
import { type ProfileRules, resourceServerAuthentication } from '../profile/security-profile.ts'
import { refused } from '../refused.ts'
import { knownScopes } from '../token/known-scopes.ts'
import { checkClientKeys } from './check-client-keys.ts'
import type { ClientMetadata } from './client-metadata.ts'
import { isSafeRedirectUri } from './is-safe-redirect-uri.ts'

/** What a client says about itself: a Client without what the server adds. */
export type RegisteredMetadata = Omit<
  Client,
  'client_id' | 'client_secret_hash' | 'client_id_issued_at' | 'registration_access_token_hash'
>

/**
 * The rules between members, and the defaults. Nothing is fetched: a jwks_uri is only looked at. What the profile demands anyway is
 * registered too, so that the answer says what will be enforced.
 * @throws OAuthError invalid_redirect_uri, invalid_client_metadata
 * @see RFC 7591 §2, §2.1
 */
export function checkClientMetadata(
  server: AuthorizationServer,
  metadata: ClientMetadata,
): RegisteredMetadata {
  const { redirect_uris, post_logout_redirect_uris, jwks_uri, security_profile } = metadata
  const rules = rulesFor(server, metadata)
  if (!redirect_uris.every(isSafeRedirectUri)) throw refused('redirect_uris.valid')
  if (!rules.httpRedirects && !redirect_uris.every(isHttpsOrLoopback)) {
    throw refused('redirect_uris.valid', {
      says: 'A redirect URI is https here, or http on 127.0.0.1 or [::1] for a native app.',
    })
  }
  if (!post_logout_redirect_uris.every(isSafeRedirectUri)) {
    throw refused('client_metadata.valid', {
      says: 'post_logout_redirect_uris obey the rules of redirect_uris.',
    })
  }
  const method = checkMethod(metadata, rules)
  checkGrantTypes(metadata, method)
  const jwks = checkClientKeys(metadata)
  if (jwks_uri !== undefined && !isKeySetUri(server, jwks_uri)) {
    throw refused('client_metadata.valid', { says: 'jwks_uri is a plain https URL.' })
  }
  if (method === 'private_key_jwt' && !jwks && jwks_uri === undefined) {
    throw refused('client_metadata.agrees', { says: 'private_key_jwt needs jwks or jwks_uri.' })
  }
  return {
    client_name: nameOf(metadata),
    token_endpoint_auth_method: method,
    grant_types: [...new Set(metadata.grant_types)],
    redirect_uris,
    post_logout_redirect_uris,
    scope: checkScope(server, metadata.scope),
    ...(jwks && { jwks }),
    ...(jwks_uri !== undefined && { jwks_uri }),
    dpop_bound_access_tokens: metadata.dpop_bound_access_tokens || rules.senderConstrainedTokensOnly,
    require_pushed_authorization_requests:
      metadata.require_pushed_authorization_requests || rules.pushedRequestsOnly,
    ...(security_profile !== undefined && { security_profile }),
    rotate_refresh_tokens: false,
    introspects: [],
  }
}

/** Shortened here; what else it may not look like on a page is the page's. */
function nameOf({ client_name: name = '' }: ClientMetadata): string {
  return Array.from(name.trim()).slice(0, 200).join('') || 'An app without a name'
}

/**
 * RFC 7591 would have client_secret_basic where nothing is said; a profile that does not know it has its own. Without a grant it is a
 * resource server that introspects.
 */
function checkMethod(
  { token_endpoint_auth_method: asked, grant_types: grantTypes }: ClientMetadata,
  { clientAuthentication }: ProfileRules,
): ClientAuthenticationMethod {
  const served = grantTypes.length > 0 ? clientAuthentication : resourceServerAuthentication
  const usual = served.find((method) => method === 'client_secret_basic')
  const method = asked ?? usual ?? 'private_key_jwt'
  if (served.includes(method)) return method
  throw refused('client_metadata.agrees', {
    says: `token_endpoint_auth_method is one of ${served.join(', ')} here.`,
  })
}

function checkGrantTypes(
  { grant_types: grantTypes, response_types: responseTypes, redirect_uris: redirectUris }: ClientMetadata,
  method: ClientAuthenticationMethod,
): void {
  const byCode = grantTypes.includes('authorization_code')
  if (byCode && redirectUris.length === 0) throw refused('redirect_uris.present')
  if (responseTypes?.length && !byCode) {
    throw refused('client_metadata.agrees', {
      says: 'response_types comes with authorization_code.',
    })
  }
  if (grantTypes.includes('refresh_token') && !byCode) {
    throw refused('client_metadata.agrees', { says: 'refresh_token comes with authorization_code.' })
  }
  if (grantTypes.includes('client_credentials') && method === 'none') {
    throw refused('client_metadata.agrees', { says: 'client_credentials needs a client that authenticates.' })
  }
}

/** Without a wish of its own a client may only sign users in. */
function checkScope(server: AuthorizationServer, asked = 'openid'): string {
  const scope = parseScope(asked)
  if (!scopeIncludes(knownScopes(server), scope)) throw refused('client_metadata.scope')
  return formatScope([...new Set(scope)])
}

/** Where it leads is judged when it is fetched, by the address that its name has then. */
function isKeySetUri({ issuer }: AuthorizationServer, text: string): boolean {
  return isSafeRedirectUri(text) && (text.startsWith('https://') || isLoopbackIssuer(issuer))
}
