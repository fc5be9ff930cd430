import type { Clock } from '@keybound/oauth'
import { SignJWT } from 'jose'
import { type ClientKey, clientId } from './client-key.ts'

const assertionType = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/**
 * A client assertion, good once and for a minute. The audience is the issuer string alone, never an array and never an endpoint.
 * @see RFC 7523 §3 · draft-ietf-oauth-rfc7523bis §4
 */
export function signClientAssertion(key: ClientKey, issuer: string, now: number): Promise<string> {
  const iat = Math.floor(now)
  return new SignJWT({
    iss: clientId,
    sub: clientId,
    aud: issuer,
    iat,
    exp: iat + 60,
    jti: crypto.randomUUID(),
  })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'client-authentication+jwt' })
    .sign(key.privateKey)
}

/**
 * A fetch that puts a new assertion into every form it sends: on a retry the earlier one's jti may be spent, and Auth.js signs
 * one whose audience is an array. Meant as the innermost fetch, below the one that retries.
 */
export function withClientAssertion(options: {
  key: ClientKey
  issuer: string
  clock: Clock
  fetch: typeof fetch
}): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const form = new URLSearchParams(await request.text())
    form.set('client_id', clientId)
    form.set('client_assertion_type', assertionType)
    form.set('client_assertion', await signClientAssertion(options.key, options.issuer, options.clock()))
    const headers = new Headers(request.headers)
    headers.set('content-type', 'application/x-www-form-urlencoded')
    headers.delete('content-length')
    return options.fetch(request.url, {
      method: request.method,
      headers,
      body: form.toString(),
      signal: request.signal,
    })
  }
}
