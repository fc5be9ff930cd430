import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import type { UserSession } from '../session/user-session.ts'
import type { AuthorizationAnswer } from './authorization-answer.ts'
import type { AuthorizationTransaction } from './transactions.ts'

export type Step =
  | { readonly next: 'login'; readonly client: Client; readonly loginHint?: string }
  /** Show client, scope and, where there is one, the proved key; the transaction remembers for whom it was shown. */
  | { readonly next: 'consent'; readonly client: Client; readonly transaction: AuthorizationTransaction }
  /** Nothing to ask: the code, or the error that prompt=none demands. */
  | { readonly next: 'answer'; readonly answer: AuthorizationAnswer }

/**
 * What this transaction needs now. Issues the code where it needs nothing more.
 * @throws OAuthError invalid_request `transaction.live`, invalid_request_uri `request_uri.unspent`: show a page
 */
export async function nextStep(
  _server: AuthorizationServer,
  _transaction: AuthorizationTransaction,
  _session: UserSession | undefined,
): Promise<Step> {
  throw new TypeError('to come')
}
