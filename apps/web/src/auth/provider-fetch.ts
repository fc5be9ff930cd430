import { dpopFetch, type Signer } from '@keybound/dpop/client'
import type { Web } from '../dependencies.ts'
import { withClientAssertion } from './client-assertion.ts'
import { SignInFailure } from './sign-in-failure.ts'

/**
 * What Auth.js calls its `customFetch`: discovery as it is, the token request with a DPoP proof by this sign-in's key and an
 * assertion of our own. It is given a URL string, plain headers and a URLSearchParams body.
 *
 * Throws SignInFailure for anything else, so that no credential leaves by a way that nobody thought of.
 */
export function providerFetch(web: Web, signer: Signer | undefined): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (request.headers.has('authorization')) throw new SignInFailure('token.bound')
    if (request.method === 'GET') return web.fetch(request)
    if (signer === undefined) throw new SignInFailure('session.known')
    return backChannel(web, signer)(request)
  }
}

/** A form post to the authorization server: a proof by the session's key, the client's assertion anew for every attempt, one retry for a nonce. */
export function backChannel(web: Web, signer: Signer): (request: Request) => Promise<Response> {
  const fetch = withClientAssertion({
    key: web.clientKey,
    issuer: web.env.issuer,
    clock: web.clock,
    fetch: web.fetch,
  })
  return (request) => dpopFetch(request, { key: signer, nonces: web.nonces, clock: web.clock, fetch })
}
