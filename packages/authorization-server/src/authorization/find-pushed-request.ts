import type { AuthorizationServer } from '../authorization-server.ts'
import { refused } from '../refused.ts'
import { secretHash } from '../secret-hash.ts'
import type { PushedRequest } from './pushed-requests.ts'

/**
 * The request behind a request_uri of ours. Whether it expired is judged on arrival; it is spent when the code is issued, so that
 * opening the page twice does no harm. Nothing is ever fetched.
 * @throws OAuthError invalid_request_uri `request_uri.*`: show a page
 * @see RFC 9126 §4 · FAPI 2.0 §5.3.2.2 note 3
 */
export async function findPushedRequest(
  server: AuthorizationServer,
  clientId: string,
  requestUri: string,
  now: number,
): Promise<PushedRequest> {
  const pushed = await server.pushedRequests.find(secretHash(requestUri))
  if (pushed?.clientId !== clientId) throw refused('request_uri.known')
  if (pushed.spent) throw refused('request_uri.unspent')
  if (pushed.expiresAt <= now) throw refused('request_uri.live')
  return pushed
}
