import { describe, expect, test } from 'vitest'
import { authorizationResponse, SUBMIT, SUBMIT_HASH } from './authorization-response.ts'
import { parseChallenges } from './challenge.ts'
import { OAuthError } from './errors.ts'
import { jsonResponse } from './json-response.ts'
import { redirectErrorResponse } from './redirect-error-response.ts'
import { resourceErrorResponse } from './resource-error-response.ts'
import { tokenErrorResponse } from './token-error-response.ts'

const algs = ['ES256', 'PS256']
const badProof = new OAuthError('invalid_dpop_proof', 'htm.match', 'The proof was made for another method.')
const wantsNonce = new OAuthError('use_dpop_nonce', 'nonce.match', 'A nonce is needed.')

function challengesOf(response: Response) {
  return parseChallenges(response.headers.get('www-authenticate') ?? '')
}

describe('tokenErrorResponse', () => {
  test('a bad proof is 400 JSON, never stored [DPOP-5-04]', async () => {
    const response = tokenErrorResponse(badProof)
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('pragma')).toBe('no-cache')
    expect(response.headers.has('www-authenticate')).toBe(false)
    expect(await response.json()).toEqual({
      error: 'invalid_dpop_proof',
      error_description: 'htm.match: The proof was made for another method.',
    })
  })

  test('a nonce challenge is 400 with one DPoP-Nonce, readable across origins [DPOP-8-02] [DPOP-8-05] [DPOP-8-11]', () => {
    const response = tokenErrorResponse(wantsNonce, { nonce: 'n-1' })
    expect(response.status).toBe(400)
    expect(response.headers.get('dpop-nonce')).toBe('n-1')
    expect(response.headers.get('access-control-expose-headers')).toBe('DPoP-Nonce, WWW-Authenticate, Date')
  })

  test('an unauthenticated client is 401, and asked for Basic only if it tried Basic [RFC6749-07]', () => {
    const error = new OAuthError('invalid_client', 'client.auth', 'Client authentication failed.')
    expect(tokenErrorResponse(error).status).toBe(401)
    expect(tokenErrorResponse(error).headers.has('www-authenticate')).toBe(false)
    expect(challengesOf(tokenErrorResponse(error, { basicTried: true }))[0]?.scheme).toBe('Basic')
  })

  test('a body above the limit is 413, a store that is down 503, a quota 429', () => {
    expect(tokenErrorResponse(new OAuthError('invalid_request', 'body.size', 'Too large.')).status).toBe(413)
    const down = tokenErrorResponse(
      new OAuthError('temporarily_unavailable', 'store.available', 'Try again.'),
    )
    expect(down.status).toBe(503)
    expect(down.headers.get('retry-after')).toBe('1')
    expect(
      tokenErrorResponse(new OAuthError('temporarily_unavailable', 'request.rate', 'Slow down.')).status,
    ).toBe(429)
  })

  test('anything that is not an OAuthError is thrown again', () => {
    const fault = new RangeError('x')
    expect(() => tokenErrorResponse(fault)).toThrow(fault)
    expect(() => resourceErrorResponse(fault, { algs })).toThrow(fault)
    expect(() =>
      redirectErrorResponse(fault, {
        redirectUri: 'https://c.example',
        responseMode: 'query',
        issuer: 'https://as.example',
      }),
    ).toThrow(fault)
  })
})

describe('resourceErrorResponse', () => {
  test('a bad proof is 401 with error, algs and the metadata [DPOP-7.1-07] [DPOP-7.1-12] [RFC9728-04]', async () => {
    const response = resourceErrorResponse(badProof, {
      algs,
      resourceMetadata: 'https://rs.example/.well-known/x',
    })
    expect(response.status).toBe(401)
    expect(challengesOf(response)).toEqual([
      {
        scheme: 'DPoP',
        params: {
          error: 'invalid_dpop_proof',
          error_description: 'htm.match: The proof was made for another method.',
          algs: 'ES256 PS256',
          resource_metadata: 'https://rs.example/.well-known/x',
        },
      },
    ])
    expect(((await response.json()) as { error: string }).error).toBe('invalid_dpop_proof')
  })

  test('a nonce challenge is 401 with DPoP-Nonce, no-store, exposed [DPOP-9-02] [DPOP-8.2-04] [DPOP-7.1-14] (OPS-08)', () => {
    const response = resourceErrorResponse(wantsNonce, { algs, nonce: 'n-1' })
    expect(response.status).toBe(401)
    expect(challengesOf(response)[0]?.params.error).toBe('use_dpop_nonce')
    expect(response.headers.get('dpop-nonce')).toBe('n-1')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
  })

  test('without credentials no challenge says anything of an error [DPOP-7.2-04]', async () => {
    const none = new OAuthError('invalid_token', 'credentials.present', 'No credentials.')
    const response = resourceErrorResponse(none, { algs, schemes: ['Bearer', 'DPoP'], scope: 'profile' })
    expect(response.status).toBe(401)
    expect(challengesOf(response)).toEqual([
      { scheme: 'Bearer', params: { scope: 'profile' } },
      { scheme: 'DPoP', params: { scope: 'profile', algs: 'ES256 PS256' } },
    ])
    expect(await response.json()).not.toHaveProperty('error')
  })

  test('only the challenge of the mechanism that was used carries the error [DPOP-7.2-05]', () => {
    const error = new OAuthError('invalid_token', 'scheme.match', 'A bound token was sent as Bearer.')
    const both = challengesOf(
      resourceErrorResponse(error, { algs, schemes: ['Bearer', 'DPoP'], tried: 'Bearer' }),
    )
    expect(both.map(({ params }) => params.error)).toEqual(['invalid_token', undefined])
    const dpopOnly = challengesOf(resourceErrorResponse(error, { algs, tried: 'Bearer' }))
    expect(dpopOnly.map(({ params }) => params.error)).toEqual(['invalid_token'])
  })

  test('two mechanisms at once are 400 invalid_request in both challenges [DPOP-7.2-06]', () => {
    const error = new OAuthError('invalid_request', 'scheme.match', 'More than one credential.')
    const response = resourceErrorResponse(error, { algs, schemes: ['Bearer', 'DPoP'] })
    expect(response.status).toBe(400)
    expect(challengesOf(response).map(({ params }) => params.error)).toEqual([
      'invalid_request',
      'invalid_request',
    ])
  })

  test('too little scope is 403 with the scope that is needed [DPOP-7.1-10]', () => {
    const error = new OAuthError('insufficient_scope', 'scope.enough', 'The token does not cover this.')
    const response = resourceErrorResponse(error, { algs, scope: 'profile:write' })
    expect(response.status).toBe(403)
    expect(challengesOf(response)[0]?.params).toMatchObject({
      error: 'insufficient_scope',
      scope: 'profile:write',
    })
  })

  test('a store that is down is 503 without a challenge', () => {
    const response = resourceErrorResponse(
      new OAuthError('temporarily_unavailable', 'store.available', 'Try again.'),
      { algs },
    )
    expect(response.status).toBe(503)
    expect(response.headers.has('www-authenticate')).toBe(false)
    expect(response.headers.get('retry-after')).toBe('1')
  })
})

describe('redirectErrorResponse', () => {
  const to = { redirectUri: 'https://c.example/cb?x=1', issuer: 'https://as.example', state: 'a&b' }

  test('is a 303 with error, unchanged state and iss [RFC6749-03] [ISS-01] [BCP-07]', () => {
    const denied = new OAuthError('access_denied', 'consent.given', 'Consent was refused.')
    const response = redirectErrorResponse(denied, { ...to, responseMode: 'query' })
    expect(response.status).toBe(303)
    const location = new URL(response.headers.get('location') ?? '')
    expect(Object.fromEntries(location.searchParams)).toEqual({
      x: '1',
      error: 'access_denied',
      error_description: 'consent.given: Consent was refused.',
      state: 'a&b',
      iss: 'https://as.example',
    })
  })

  test('says only what the authorization endpoint may say', () => {
    const location = redirectErrorResponse(badProof, { ...to, responseMode: 'query' }).headers.get('location')
    expect(new URL(location ?? '').searchParams.get('error')).toBe('invalid_request')
  })

  test('form_post escapes what it carries and allows only its own script', async () => {
    const response = authorizationResponse(
      { ...to, state: '"><script>', responseMode: 'form_post' },
      { code: 'code_x' },
    )
    const page = await response.text()
    expect(page).toContain('value="&#34;&#62;&#60;script&#62;"')
    expect(page).toContain('action="https://c.example/cb?x=1"')
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(SUBMIT))
    expect(SUBMIT_HASH).toBe(`sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain(SUBMIT_HASH)
    expect(policy).toContain('form-action https://c.example;')
    const native = { ...to, redirectUri: 'http://[::1]:4711/cb', responseMode: 'form_post' } as const
    expect(authorizationResponse(native, {}).headers.get('content-security-policy')).toContain(
      'form-action http:;',
    )
  })
})

test('jsonResponse keeps the status and headers it is given', async () => {
  const response = jsonResponse({ ok: true }, { status: 201, nonce: 'n', headers: { vary: 'Origin' } })
  expect([response.status, response.headers.get('vary'), response.headers.get('dpop-nonce')]).toEqual([
    201,
    'Origin',
    'n',
  ])
  expect(await response.json()).toEqual({ ok: true })
})
