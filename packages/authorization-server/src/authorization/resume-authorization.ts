import type { AuthorizationServer } from '../authorization-server.ts'
import type { UserSession } from '../session/user-session.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/**
 * The transaction of a page or form of ours, for the browser that began it.
 * @throws OAuthError invalid_request `transaction.live` (finished, expired, unknown) or `transaction.browser`
 */
export async function resumeAuthorization(
  _server: AuthorizationServer,
  _id: string,
  _browserHash: string,
): Promise<AuthorizationTransaction> {
  throw new TypeError('to come')
}

/**
 * Remembers that the user typed the password during this very transaction; then ask nextStep() again.
 * @throws OAuthError invalid_request `transaction.live`
 */
export async function recordLogin(
  _server: AuthorizationServer,
  _transaction: AuthorizationTransaction,
  _session: UserSession,
): Promise<AuthorizationTransaction> {
  throw new TypeError('to come')
}
