import type { AuthorizationServer } from '../authorization-server.ts'
import type { UserSession } from '../session/user-session.ts'
import type { AuthorizationAnswer } from './authorization-answer.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/**
 * The user said yes on the consent page.
 * Does not check: the form's CSRF token.
 * @throws OAuthError invalid_request `transaction.live` (a second post), `transaction.user` (consent was shown to someone else),
 *   `transaction.step` (a login is still due), invalid_request_uri `request_uri.unspent`: show a page
 */
export async function approve(
  _server: AuthorizationServer,
  _transaction: AuthorizationTransaction,
  _session: UserSession,
): Promise<AuthorizationAnswer> {
  throw new TypeError('to come')
}
