import type { UserSession } from '../session/user-session.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/**
 * Whether the user, though signed in, has to type the password before this transaction goes on. A login within the transaction answers
 * prompt=login and max_age, and any other wish for a fresh one.
 * @see OpenID Connect Core §3.1.2.1, §3.1.2.3
 */
export function loginDue(
  { request, subject, authenticatedAt }: AuthorizationTransaction,
  session: UserSession,
  now: number,
): boolean {
  if (authenticatedAt !== undefined && subject === session.subject) return false
  const { prompt, maxAge, expectedSubject } = request
  if (prompt.includes('login') || prompt.includes('select_account')) return true
  if (maxAge !== undefined && (maxAge === 0 || now - session.authTime > maxAge)) return true
  return expectedSubject !== undefined && expectedSubject !== session.subject
}
