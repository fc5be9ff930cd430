import type { Signer } from '@keybound/dpop/client'
import type { Web } from '../dependencies.ts'
import { clientId } from './client-key.ts'
import { endpoint } from './provider.ts'
import { backChannel } from './provider-fetch.ts'
import { SignInFailure } from './sign-in-failure.ts'

/**
 * Pushes an authorization request that Auth.js made (state, nonce and PKCE challenge included) and gives the URL that takes its
 * place: client_id and request_uri, nothing else. The proof binds the code to the key.
 *
 * Throws SignInFailure `par.accepted`, `issuer.reachable`, `issuer.match`, `issuer.offers`.
 * @see RFC 9126 §2 · RFC 9449 §10.1
 */
export async function pushAuthorizationRequest(web: Web, authorization: URL, signer: Signer): Promise<URL> {
  const metadata = await web.provider.metadata()
  const expected = new URL(endpoint(metadata, 'authorization_endpoint'))
  // Discovery is asked twice, by Auth.js and by us: both must have been told the same.
  if (authorization.origin !== expected.origin || authorization.pathname !== expected.pathname)
    throw new SignInFailure('issuer.match')
  const answer = await push(
    web,
    endpoint(metadata, 'pushed_authorization_request_endpoint'),
    authorization,
    signer,
  )
  const url = new URL(expected)
  url.searchParams.set('client_id', clientId)
  url.searchParams.set('request_uri', answer)
  return url
}

async function push(web: Web, url: string, authorization: URL, signer: Signer): Promise<string> {
  let response: Response
  try {
    const request = new Request(url, { method: 'POST', body: new URLSearchParams(authorization.search) })
    response = await backChannel(web, signer)(request)
  } catch (cause) {
    throw new SignInFailure('issuer.reachable', { cause })
  }
  const body: unknown = await response.json().catch(() => undefined)
  if (response.status !== 201 || typeof body !== 'object' || body === null) {
    const error = body && typeof body === 'object' && 'error' in body ? String(body.error) : ''
    web.log.warn({ status: response.status, error: error.slice(0, 64) }, 'the pushed request was refused')
    throw new SignInFailure('par.accepted')
  }
  const requestUri = 'request_uri' in body ? body.request_uri : undefined
  if (typeof requestUri !== 'string' || requestUri === '') throw new SignInFailure('par.accepted')
  return requestUri
}
