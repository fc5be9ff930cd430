import { OAuthError, scopeIncludes } from '@keybound/oauth'

/**
 * The token was granted everything that the request needs: one scope, or several separated by spaces.
 * Throws OAuthError insufficient_scope `scope.enough`.
 * @see RFC 6750 §3.1
 */
export function checkScope(granted: readonly string[], required: string | undefined): void {
  if (required === undefined || granted.includes(required)) return
  if (!scopeIncludes(granted, required)) {
    throw new OAuthError('insufficient_scope', 'scope.enough', `This needs the scope ${required}.`)
  }
}
