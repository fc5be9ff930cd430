import type { AuthorizationServer } from '../authorization-server.ts'
import { refused } from '../refused.ts'
import type { UserSession } from '../session/user-session.ts'
import { rememberConsent } from './consent-due.ts'
import { issueCode } from './issue-code.ts'
import { loginDue } from './login-due.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/**
 * The user said yes on the consent page: the code, on its way to the client.
 * Does not check: the form's CSRF token, the browser (resumeAuthorization does).
 * @throws OAuthError invalid_request `transaction.live` (a second post), `transaction.user` (consent was shown to someone else),
 *   `transaction.step` (a login is still due), invalid_request_uri `request_uri.unspent`: show a page
 */
export async function approve(
  server: AuthorizationServer,
  transaction: AuthorizationTransaction,
  session: UserSession,
): Promise<Response> {
  const now = server.clock()
  const { request } = transaction
  const client = await server.clients.find(request.clientId)
  if (!client || transaction.expiresAt <= now) throw refused('transaction.live')
  if (transaction.subject !== session.subject) throw refused('transaction.user')
  if (loginDue(transaction, session, now)) throw refused('transaction.step')

  const response = await issueCode(server, client, transaction, session, now)
  await rememberConsent(server, client, request, session.subject, now)
  return response
}
