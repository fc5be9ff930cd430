import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { refused } from '../refused.ts'
import type { UserSession } from '../session/user-session.ts'
import { consentDue } from './consent-due.ts'
import { issueCode } from './issue-code.ts'
import { loginDue } from './login-due.ts'
import { refuseAuthorization } from './refuse-authorization.ts'
import type { AuthorizationTransaction } from './transactions.ts'

export type Step =
  | { readonly next: 'login'; readonly client: Client; readonly transaction: AuthorizationTransaction }
  /** Show client, scope and, where there is one, the key (`transaction.request.dpopJkt`). */
  | { readonly next: 'consent'; readonly client: Client; readonly transaction: AuthorizationTransaction }
  /** Nothing to ask: the code, or the error that prompt=none demands, on its way to the client. */
  | { readonly next: 'answer'; readonly response: Response }

/**
 * What this transaction needs now. Issues the code where it needs nothing more; remembers for whom consent is shown.
 * @throws OAuthError invalid_request `transaction.live`, invalid_request_uri `request_uri.unspent`: show a page
 */
export async function nextStep(
  server: AuthorizationServer,
  transaction: AuthorizationTransaction,
  session: UserSession | undefined,
): Promise<Step> {
  const now = server.clock()
  const { request } = transaction
  const client = await server.clients.find(request.clientId)
  if (!client || transaction.expiresAt <= now) throw refused('transaction.live')
  const silent = request.prompt.includes('none')

  if (!session || loginDue(transaction, session, now)) {
    if (silent) return answer(refuseAuthorization(server, transaction, 'login.required'))
    return { next: 'login', client, transaction }
  }
  if (request.expectedSubject !== undefined && request.expectedSubject !== session.subject) {
    return answer(refuseAuthorization(server, transaction, 'user.expected'))
  }
  if (await consentDue(server, client, request, session.subject)) {
    if (silent) return answer(refuseAuthorization(server, transaction, 'consent.required'))
    return { next: 'consent', client, transaction: await showTo(server, transaction, session) }
  }
  return answer(issueCode(server, client, transaction, session, now))
}

async function answer(response: Promise<Response>): Promise<Step> {
  return { next: 'answer', response: await response }
}

async function showTo(
  server: AuthorizationServer,
  transaction: AuthorizationTransaction,
  { subject }: UserSession,
): Promise<AuthorizationTransaction> {
  if (transaction.subject === subject) return transaction
  if (!(await server.transactions.update(transaction.id, { subject }))) throw refused('transaction.live')
  return { ...transaction, subject }
}
