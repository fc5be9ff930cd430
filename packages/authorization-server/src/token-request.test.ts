import { OAuthError } from '@keybound/oauth'
import { requirement } from '@keybound/testkit'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { codeFor, exchange, tokensFor } from '../test/flow.ts'
import { refusal } from '../test/refusal.ts'
import { assertion, assertionForm, key, send } from '../test/requests.ts'
import { issuer, openServer, openServerWithNonces } from '../test/server.ts'
import { tokenRequest } from './token-request.ts'

const formType = { 'content-type': 'application/x-www-form-urlencoded' }

describe('the form', () => {
  requirement('T-017', 'refuses a repeated parameter', async () => {
    const opened = openServer()
    for (const name of ['code', 'grant_type', 'client_id']) {
      const parameters = { ...exchange('playground', 'code_x'), [name]: ['one', 'two'] }
      expect(await refusal(await send(opened, '/token', parameters)), name).toBe(
        '400 invalid_request request.form',
      )
    }
  })

  requirement('T-018', 'refuses credentials or a code in the query', async () => {
    const { server } = openServer()
    const request = new Request(`${issuer}/token?code=x`, { method: 'POST', headers: formType, body: 'a=b' })
    expect(await refusal(await tokenRequest(server, request))).toBe('400 invalid_request request.form')
  })

  requirement('T-019', 'refuses JSON, multipart and no content type', async () => {
    const { server } = openServer()
    for (const type of ['application/json', 'multipart/form-data; boundary=x', '']) {
      const request = new Request(`${issuer}/token`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: 'a=b',
      })
      expect(await refusal(await tokenRequest(server, request)), type).toBe(
        '400 invalid_request request.form',
      )
    }
  })

  requirement('T-047', 'refuses a body of a megabyte', async () => {
    const opened = openServer()
    const response = await send(opened, '/token', exchange('playground', 'x'.repeat(1_000_000)))
    expect(await refusal(response)).toBe('413 invalid_request body.size')
  })

  requirement(
    ['T-021', 'T-052', 'BCP-03', 'BROWSER-11'],
    'refuses a grant_type that is missing or not offered',
    async () => {
      const opened = openServer()
      expect(await refusal(await send(opened, '/token', {}))).toBe('400 invalid_request grant_type.present')
      for (const grantType of [
        'password',
        'implicit',
        'urn:ietf:params:oauth:grant-type:device_code',
        'urn:ietf:params:oauth:grant-type:token-exchange',
        'urn:openid:params:grant-type:ciba',
        'toString',
      ]) {
        const response = await send(opened, '/token', { grant_type: grantType }, { proof: false })
        expect(await refusal(response), grantType).toBe('400 unsupported_grant_type grant_type.known')
      }
    },
  )

  test('refuses a grant_type that the client is not registered for', async () => {
    const parameters = exchange('web', 'code_x')
    expect(await refusal(await send(openServer(), '/token', parameters, { client: 'service' }))).toBe(
      '400 unauthorized_client grant_type.allowed',
    )
  })
})

describe('the answer', () => {
  requirement(
    ['OPS-06', 'T-044', 'RFC6749-06', 'DPOP-5-06', 'DPOP-5-07'],
    'is JSON that no cache keeps, with token_type DPoP',
    async () => {
      const opened = openServer()
      const code = await codeFor(opened)
      const response = await send(opened, '/token', exchange('playground', code))
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('pragma')).toBe('no-cache')
      expect(response.headers.get('content-type')).toBe('application/json')
      expect(await response.json()).toEqual({
        access_token: expect.any(String),
        token_type: 'DPoP',
        expires_in: 300,
        scope: 'openid profile offline_access',
        refresh_token: expect.stringMatching(/^rt_[\w-]{43}$/),
        id_token: expect.any(String),
      })
    },
  )

  requirement(
    ['T-045', 'DPOP-6.1-01', 'DPOP-5-05'],
    'binds the access token to the key of the proof',
    async () => {
      const { access_token } = await tokensFor(openServer())
      expect(decodeJwt(access_token).cnf).toEqual({ jkt: key.jkt })
    },
  )
})

describe('what a refused request leaves behind', () => {
  requirement(
    ['R-018', 'DPOP-8-02'],
    'a nonce challenge burns neither code nor assertion nor jti',
    async () => {
      const opened = openServerWithNonces()
      const { clock, nonces } = opened
      const code = await codeFor(opened, 'web')
      const parameters = exchange('web', code)
      const authentication = assertionForm(await assertion('web', clock.now()))
      const challenged = await send(
        opened,
        '/token',
        { ...parameters, ...authentication },
        { client: 'nobody' },
      )
      expect(await refusal(challenged)).toBe('400 use_dpop_nonce nonce.match')

      const nonce = challenged.headers.get('dpop-nonce') ?? ''
      expect(nonce).toBe(await nonces.issue(clock.now()))
      const again = await send(
        opened,
        '/token',
        { ...parameters, ...authentication },
        { client: 'nobody', nonce },
      )
      expect(again.status).toBe(200)
    },
  )

  requirement('T-050', 'answers 503 while the store is down, and nothing is spent', async () => {
    const opened = openServer()
    const code = await codeFor(opened)
    const down = {
      ...opened,
      server: {
        ...opened.server,
        grantStore: {
          ...opened.server.grantStore,
          async commit() {
            throw new OAuthError('temporarily_unavailable', 'store.available', 'The store does not answer.')
          },
        },
      },
    }
    const response = await send(down, '/token', exchange('playground', code))
    expect(response.headers.get('retry-after')).toBe('1')
    expect(await refusal(response)).toBe('503 temporarily_unavailable store.available')
    expect((await send(opened, '/token', exchange('playground', code))).status).toBe(200)
  })
})
