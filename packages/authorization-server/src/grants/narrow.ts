import { parseScope, scopeIncludes } from '@keybound/oauth'
import { refused } from '../refused.ts'

/** The scope asked for, within what was granted; all of it where none is asked for. @throws OAuthError invalid_scope `scope.granted` @see RFC 6749 §6 */
export function narrowScope(asked: string | undefined, granted: readonly string[]): readonly string[] {
  const scope = parseScope(asked)
  if (!scopeIncludes(granted, scope)) throw refused('scope.granted')
  return scope.length > 0 ? scope : granted
}

/** The same for resources. @throws OAuthError invalid_target `resource.granted` @see RFC 8707 §2.2 */
export function narrowResources(asked: readonly string[], granted: readonly string[]): readonly string[] {
  if (!asked.every((resource) => granted.includes(resource))) throw refused('resource.granted')
  return asked.length > 0 ? [...new Set(asked)] : granted
}
