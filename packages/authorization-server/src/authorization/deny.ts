import type { AuthorizationServer } from '../authorization-server.ts'
import type { AuthorizationAnswer } from './authorization-answer.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/**
 * The user pressed Cancel, on the login page or on the consent page: access_denied.
 * Does not check: the form's CSRF token.
 * @throws OAuthError invalid_request `transaction.live`
 */
export async function deny(
  _server: AuthorizationServer,
  _transaction: AuthorizationTransaction,
): Promise<AuthorizationAnswer> {
  throw new TypeError('to come')
}
