import type { AuthorizationServer } from '../authorization-server.ts'
import { randomValue } from '../random-value.ts'
import { refused } from '../refused.ts'
import { secretHash } from '../secret-hash.ts'
import type { AuthorizationRequest } from './authorization-request.ts'

/**
 * Stores a checked request and returns its request_uri, of which only the hash is kept.
 * @param lifetime in seconds
 * @param most how many of this client's may wait beside it
 * @throws OAuthError temporarily_unavailable `request.rate` (429) where too many of this client's are waiting
 */
export async function pushRequest(
  server: AuthorizationServer,
  request: AuthorizationRequest,
  lifetime: number,
  now: number,
  most = server.pushedRequestQuota,
): Promise<string> {
  const requestUri = randomValue('urn:ietf:params:oauth:request_uri:')
  const pushed = {
    hash: secretHash(requestUri),
    clientId: request.clientId,
    request,
    expiresAt: now + lifetime,
  }
  if (!(await server.pushedRequests.insert(pushed, { most, now }))) throw refused('request.rate')
  return requestUri
}

/** To be asked before anything is written: then who is refused has burnt nothing. What decides is the insert. */
export async function checkPushQuota(
  server: AuthorizationServer,
  clientId: string,
  now: number,
): Promise<void> {
  const waiting = await server.pushedRequests.countLive(clientId, now)
  if (waiting >= server.pushedRequestQuota) throw refused('request.rate')
}
