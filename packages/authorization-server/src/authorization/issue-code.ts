import { authorizationResponse } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { commit } from '../grants/deciding-write.ts'
import { rulesFor } from '../profile/rules-for.ts'
import { randomValue } from '../random-value.ts'
import { secretHash } from '../secret-hash.ts'
import type { UserSession } from '../session/user-session.ts'
import { answerTarget } from './transaction.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/**
 * Ends the transaction, spends its pushed request and creates the code: one commit, so that of two tabs or a double click one wins.
 * @throws OAuthError invalid_request `transaction.live`, invalid_request_uri `request_uri.unspent`
 */
export async function issueCode(
  server: AuthorizationServer,
  client: Client,
  transaction: AuthorizationTransaction,
  session: UserSession,
  now: number,
): Promise<Response> {
  const { id, request, pushedRequestHash } = transaction
  const code = randomValue('code_')
  const lifetime = Math.min(server.lifetimes.code, rulesFor(server, client).longestCode)
  const record = {
    hash: secretHash(code),
    request,
    subject: session.subject,
    authTime: session.authTime,
    sessionId: session.id,
    expiresAt: now + lifetime,
  }
  await commit(server, [
    { write: { do: 'finish transaction', id }, rule: 'transaction.live' },
    ...(pushedRequestHash !== undefined
      ? [
          {
            write: { do: 'spend pushed request', hash: pushedRequestHash },
            rule: 'request_uri.unspent',
          } as const,
        ]
      : []),
    { write: { do: 'insert code', code: record } },
  ])
  return authorizationResponse(answerTarget(server, transaction), { code })
}
