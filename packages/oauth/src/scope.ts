import { OAuthError } from './errors.ts'

const SCOPE = /^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/

/**
 * A scope parameter as a list without repeats, in the order sent. Absent or empty gives none.
 *
 * Throws OAuthError invalid_scope `scope.syntax`.
 * @see RFC 6749 §3.3
 */
export function parseScope(text: string | undefined): readonly string[] {
  if (text === undefined || text === '') return []
  if (!SCOPE.test(text)) throw new OAuthError('invalid_scope', 'scope.syntax', 'The scope is malformed.')
  return [...new Set(text.split(' '))]
}

/** The scope parameter for a list; empty for none. @see RFC 6749 §3.3 */
export function formatScope(scope: readonly string[]): string {
  return scope.join(' ')
}

/** Whether everything required was granted. A required scope may be a list or one string of several. */
export function scopeIncludes(granted: readonly string[], required: string | readonly string[]): boolean {
  const wanted = typeof required === 'string' ? parseScope(required) : required
  return wanted.every((scope) => granted.includes(scope))
}
