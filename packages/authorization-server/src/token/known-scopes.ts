import type { AuthorizationServer } from '../authorization-server.ts'

/** Every scope that can be granted: OpenID Connect's, and those of the protected resources. */
export function knownScopes(server: AuthorizationServer): readonly string[] {
  const ofResources = server.resources.flatMap(({ scopes }) => scopes)
  return [...new Set(['openid', 'profile', 'email', 'offline_access', ...ofResources])]
}
