import { timingSafeEqual } from 'node:crypto'
import { OAuthError, parseAuthorization, resourceErrorResponse, tokenErrorResponse } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { refused } from '../refused.ts'
import { reportUnavailable } from '../report-unavailable.ts'
import { secretHash } from '../secret-hash.ts'

/** @throws OAuthError invalid_token `registration.token`, always so where nobody can register @see RFC 7591 §3 */
export function checkInitialAccessToken(server: AuthorizationServer, headers: Headers): void {
  const { initialAccessToken } = server
  const isIt = isSecret(readBearerToken(headers), initialAccessToken && secretHash(initialAccessToken))
  if (!isIt) throw refused('registration.token')
}

/**
 * The client whose registration access token the request has. Which of the two is wrong is not said.
 * @throws OAuthError invalid_token `registration.owner`
 * @see RFC 7592 §2
 */
export async function findOwnClient(
  server: AuthorizationServer,
  request: Request,
): Promise<{ readonly client: Client; readonly token: string; readonly tokenHash: string }> {
  const token = readBearerToken(request.headers)
  const client = await server.clients.find(clientIdIn(server, request.url))
  if (!isSecret(token, client?.registration_access_token_hash) || !client || token === undefined) {
    throw refused('registration.owner')
  }
  return { client, token, tokenHash: secretHash(token) }
}

/** A 401 names the Bearer scheme (RFC 6750 §3); everything else is answered as at the other JSON endpoints. */
export function registrationErrorResponse(server: AuthorizationServer, error: unknown): Response {
  reportUnavailable(server, error)
  const unauthorized = error instanceof OAuthError && error.code === 'invalid_token'
  return unauthorized
    ? resourceErrorResponse(error, { schemes: ['Bearer'], algs: [] })
    : tokenErrorResponse(error)
}

function readBearerToken(headers: Headers): string | undefined {
  const authorization = parseAuthorization(headers)
  return authorization?.scheme === 'bearer' ? authorization.credentials : undefined
}

/** Equal work, whatever is wrong. */
function isSecret(token: string | undefined, hash: string | undefined): boolean {
  const equal = timingSafeEqual(
    Buffer.from(secretHash(token ?? '')),
    Buffer.from(hash ?? secretHash('of nobody')),
  )
  return equal && token !== undefined && hash !== undefined
}

function clientIdIn(server: AuthorizationServer, url: string): string {
  const own = new URL(server.endpoints.registration).pathname.length + 1
  return new URL(url).pathname.slice(own)
}
