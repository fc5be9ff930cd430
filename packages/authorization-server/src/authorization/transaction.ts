import type { AuthorizationResponseTarget } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import { randomValue } from '../random-value.ts'
import { refused } from '../refused.ts'
import type { UserSession } from '../session/user-session.ts'
import type { AuthorizationRequest } from './authorization-request.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/** Stores the request for the browser that brought it. */
export async function beginTransaction(
  server: AuthorizationServer,
  browserHash: string,
  request: AuthorizationRequest,
  pushedRequestHash: string | undefined,
  now: number,
): Promise<AuthorizationTransaction> {
  const transaction: AuthorizationTransaction = {
    id: randomValue('txn_'),
    browserHash,
    request,
    ...(pushedRequestHash !== undefined && { pushedRequestHash }),
    createdAt: now,
    expiresAt: now + server.lifetimes.transaction,
  }
  await server.transactions.insert(transaction)
  return transaction
}

/**
 * The transaction of a page or form of ours, for the browser that began it.
 * @throws OAuthError invalid_request `transaction.live` (finished, expired, unknown) or `transaction.browser`
 */
export async function resumeAuthorization(
  server: AuthorizationServer,
  id: string,
  browserHash: string,
): Promise<AuthorizationTransaction> {
  const transaction = await server.transactions.find(id)
  if (!transaction || transaction.expiresAt <= server.clock()) throw refused('transaction.live')
  if (transaction.browserHash !== browserHash) throw refused('transaction.browser')
  return transaction
}

/**
 * Remembers that the user typed the password during this very transaction; then ask nextStep() again.
 * @throws OAuthError invalid_request `transaction.live`
 */
export async function recordLogin(
  server: AuthorizationServer,
  transaction: AuthorizationTransaction,
  session: UserSession,
): Promise<AuthorizationTransaction> {
  const change = { subject: session.subject, authenticatedAt: session.authTime }
  const updated = await server.transactions.update(transaction.id, change)
  if (!updated) throw refused('transaction.live')
  return { ...transaction, ...change }
}

/** Where the answer of this transaction goes. */
export function answerTarget(
  server: AuthorizationServer,
  { request }: AuthorizationTransaction,
): AuthorizationResponseTarget {
  const { redirectUri, responseMode, state } = request
  return { redirectUri, responseMode, state, issuer: server.issuer }
}
