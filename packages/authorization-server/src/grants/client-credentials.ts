import { type Form, parseScope, scopeIncludes } from '@keybound/oauth'
import { checkResource } from '../authorization/checks/resource.ts'
import type { AuthorizationServer } from '../authorization-server.ts'
import { type Client, isPublicClient } from '../client/client.ts'
import type { CheckedProof } from '../proof-for.ts'
import { refused } from '../refused.ts'
import { knownScopes } from '../token/known-scopes.ts'
import type { GrantRequest } from './grant-request.ts'

/**
 * grant_type=client_credentials: the client for itself. No refresh token, no ID token, no grant: nobody granted anything.
 * @throws OAuthError unauthorized_client, invalid_scope, invalid_target
 * @see RFC 6749 §4.4 · RFC 9068 §2.2
 */
export async function clientCredentials(
  server: AuthorizationServer,
  form: Form,
  client: Client,
  proof: CheckedProof | undefined,
): Promise<GrantRequest> {
  if (isPublicClient(client)) throw refused('grant_type.allowed')
  const allowed = withoutUser(parseScope(client.scope)).filter((scope) => knownScopes(server).includes(scope))
  const asked = parseScope(form.get('scope'))
  if (allowed.length === 0 || !scopeIncludes(allowed, asked)) throw refused('scope.allowed')
  return {
    writes: [],
    outcome: {
      client,
      subject: clientSubject(client.client_id),
      scope: asked.length > 0 ? asked : allowed,
      resources: checkResource(server, form.getAll('resource')),
      ...(proof && { jkt: proof.jkt }),
    },
  }
}

/** The subject of a client's own tokens. No user's has this prefix, so an API that looks up users by `sub` finds none. @see RFC 9068 §5 */
export function clientSubject(clientId: string): string {
  return `client:${clientId}`
}

/** openid and offline_access are about a user. */
function withoutUser(scope: readonly string[]): readonly string[] {
  return scope.filter((name) => name !== 'openid' && name !== 'offline_access')
}
