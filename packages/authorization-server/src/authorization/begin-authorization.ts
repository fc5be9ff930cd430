import { type Form, OAuthError, redirectErrorResponse } from '@keybound/oauth'
import type { AuthorizationServer } from '../authorization-server.ts'
import type { Client } from '../client/client.ts'
import { mustPush, rulesFor } from '../profile/rules-for.ts'
import { refused } from '../refused.ts'
import { checkAuthorizationRequest } from './check-authorization-request.ts'
import { checkRedirectUri } from './checks/redirect-uri.ts'
import { findPushedRequest } from './find-pushed-request.ts'
import { onlyValue, readParameters } from './parameters.ts'
import { pushRequest } from './push-request.ts'
import { beginTransaction } from './transaction.ts'
import type { AuthorizationTransaction } from './transactions.ts'

/** What /authorize does with what arrived. */
export type Beginning =
  /** A page with 400, never a redirect: the client, its redirect URI or its request_uri cannot be trusted. */
  | { readonly next: 'error page'; readonly error: OAuthError }
  /** Back to the client, with an error. */
  | { readonly next: 'answer'; readonly response: Response }
  /** It came by POST and is stored: 303 to this URL of ours, where the browser's cookies arrive again. */
  | { readonly next: 'redirect'; readonly location: string }
  /** Stored; ask nextStep(). */
  | { readonly next: 'step'; readonly transaction: AuthorizationTransaction }

/**
 * GET or POST /authorize, pushed or plain. `browserHash` is secretHash() of the cookie that ties this browser to its transactions;
 * a POST does not use it: it may come from another site, which brings no cookies, so it is stored as if it had been pushed
 * and begins when the browser comes back with a GET.
 *
 * @throws OAuthError temporarily_unavailable where a store is down; never for what the client did wrong
 * @see RFC 6749 §4.1.1 · RFC 9126 §4 · OpenID Connect Core §3.1.2.1
 */
export async function beginAuthorization(
  server: AuthorizationServer,
  request: Request,
  browserHash: string,
): Promise<Beginning> {
  const now = server.clock()
  try {
    const parameters = await readParameters(request)
    const client = await knownClient(server, onlyValue(parameters, 'client_id'))
    const arrival = { browserHash, byPost: request.method === 'POST', now }

    const requestUri = onlyValue(parameters, 'request_uri')
    if (requestUri !== undefined) return await beginPushed(server, client, requestUri, arrival)
    // A request object brings its own redirect_uri, which nobody reads here.
    if (parameters.has('request') && !parameters.has('redirect_uri')) throw refused('request.unsupported')

    const redirectUri = checkRedirectUri(
      client,
      rulesFor(server, client),
      onlyValue(parameters, 'redirect_uri'),
    )
    return await beginPlain(server, client, redirectUri, parameters, arrival)
  } catch (error) {
    if (!(error instanceof OAuthError) || error.code === 'temporarily_unavailable') throw error
    return { next: 'error page', error }
  }
}

interface Arrival {
  readonly browserHash: string
  readonly byPost: boolean
  readonly now: number
}

/** Whatever else the front channel carries beside client_id and request_uri is ignored. */
async function beginPushed(
  server: AuthorizationServer,
  client: Client,
  requestUri: string,
  { browserHash, byPost, now }: Arrival,
): Promise<Beginning> {
  const { request, hash } = await findPushedRequest(server, client.client_id, requestUri, now)
  if (byPost) return { next: 'redirect', location: pushedLocation(server, client, requestUri) }
  return { next: 'step', transaction: await beginTransaction(server, browserHash, request, hash, now) }
}

/** From here on client and redirect URI are trusted, and the client learns what is wrong. */
async function beginPlain(
  server: AuthorizationServer,
  client: Client,
  redirectUri: string,
  parameters: Form,
  { browserHash, byPost, now }: Arrival,
): Promise<Beginning> {
  try {
    if (mustPush(server, client)) throw refused('par.required')
    const checked = await checkAuthorizationRequest(server, client, redirectUri, parameters, undefined, now)
    if (byPost) {
      // Anyone can post in the name of a client, and must leave it room to push for itself.
      const most = Math.floor(server.pushedRequestQuota / 2)
      const requestUri = await pushRequest(server, checked, server.lifetimes.requestUri, now, most)
      return { next: 'redirect', location: pushedLocation(server, client, requestUri) }
    }
    return { next: 'step', transaction: await beginTransaction(server, browserHash, checked, undefined, now) }
  } catch (error) {
    const target = {
      redirectUri,
      responseMode: onlyValue(parameters, 'response_mode') === 'form_post' ? 'form_post' : 'query',
      state: onlyValue(parameters, 'state'),
      issuer: server.issuer,
    } as const
    const errorUri = error instanceof OAuthError ? server.errorPages?.(error.reason) : undefined
    const response = redirectErrorResponse(error, target, errorUri)
    return { next: 'answer', response }
  }
}

async function knownClient(server: AuthorizationServer, clientId: string | undefined): Promise<Client> {
  const client = clientId === undefined ? undefined : await server.clients.find(clientId)
  if (!client) throw refused('client.known')
  return client
}

function pushedLocation(server: AuthorizationServer, client: Client, requestUri: string): string {
  const parameters = new URLSearchParams({ client_id: client.client_id, request_uri: requestUri })
  return `${server.endpoints.authorization}?${parameters}`
}
