import { parseScope, scopeIncludes } from '@keybound/oauth'
import type { AuthorizationServer } from '../../authorization-server.ts'
import type { Client } from '../../client/client.ts'
import { refused } from '../../refused.ts'
import { knownScopes } from '../../token/known-scopes.ts'

/** Unknown scope and scope beyond the client's registration are refused, not dropped: a client should learn of its mistake. @see RFC 6749 §3.3 */
export function checkScope(
  server: AuthorizationServer,
  client: Client,
  scope: string | undefined,
): readonly string[] {
  const asked = parseScope(scope)
  if (asked.length === 0) throw refused('scope.allowed')
  if (!scopeIncludes(knownScopes(server), asked)) throw refused('scope.allowed')
  if (!scopeIncludes(parseScope(client.scope), asked)) throw refused('scope.allowed')
  return asked
}
