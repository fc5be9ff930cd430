import type { OAuthError } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { AuthorizationAnswer } from './authorization-answer.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/** What /authorize does with what arrived. */
export type Beginning =
  /** A page with 400, never a redirect: the client or its redirect URI cannot be trusted. */
  | { readonly next: 'error page'; readonly error: OAuthError }
  /** Back to the client, with an error. */
  | { readonly next: 'answer'; readonly answer: AuthorizationAnswer }
  /** It came by POST and is stored: 303 to this URL of ours, where the browser's cookies arrive again. */
  | { readonly next: 'redirect'; readonly location: string }
  /** Stored; ask nextStep(). */
  | { readonly next: 'step'; readonly transaction: AuthorizationTransaction }

/**
 * GET or POST /authorize, pushed or plain.
 * `browserHash` is secretHash() of the cookie that ties this browser to its transactions; a POST needs none.
 * @throws OAuthError temporarily_unavailable where a store is down; never for what the client did wrong
 */
export async function beginAuthorization(
  _server: AuthorizationServer,
  _request: Request,
  _browserHash: string | undefined,
): Promise<Beginning> {
  throw new TypeError('to come')
}
