import { redirectErrorResponse } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import { commit } from '../grants/deciding-write.ts'
import { type ReasonId, refused } from '../refused.ts'
import { answerTarget } from './transaction.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/**
 * Ends the transaction and tells the client why. Its pushed request stays unspent.
 * @throws OAuthError invalid_request `transaction.live`
 */
export async function refuseAuthorization(
  server: AuthorizationServer,
  transaction: AuthorizationTransaction,
  reason: ReasonId,
): Promise<Response> {
  await commit(server, [
    { write: { do: 'finish transaction', id: transaction.id }, rule: 'transaction.live' },
  ])
  return redirectErrorResponse(
    refused(reason),
    answerTarget(server, transaction),
    server.errorPages?.(reason),
  )
}

/**
 * The user pressed Cancel, on the login page or on the consent page: access_denied.
 * Does not check: the form's CSRF token.
 * @throws OAuthError invalid_request `transaction.live`
 */
export async function deny(
  server: AuthorizationServer,
  transaction: AuthorizationTransaction,
): Promise<Response> {
  return refuseAuthorization(server, transaction, 'user.agreed')
}
