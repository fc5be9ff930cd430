import type { AuthorizationServer } from '../../authorization-server.ts'
import { refused } from '../../refused.ts'

/** The APIs that the token is for; the first one of the server where none is named. @see RFC 8707 §2 */
export function checkResource(server: AuthorizationServer, asked: readonly string[]): readonly string[] {
  const known = server.resources.map(({ identifier }) => identifier)
  if (!asked.every((resource) => known.includes(resource))) throw refused('resource.known')
  return asked.length > 0 ? [...new Set(asked)] : known.slice(0, 1)
}
