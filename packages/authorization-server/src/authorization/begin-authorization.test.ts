import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { clients, otherApi } from '../../test/clients.ts'
import { answered, authorizationParameters, authorizeUrl, browser, getAuthorize } from '../../test/flow.ts'
import { formBody, type Parameters, send } from '../../test/requests.ts'
import { issuer, openServer } from '../../test/server.ts'
import { beginAuthorization } from './begin-authorization.ts'

/** What a request gets that is good save for this. */
async function outcome(change: Parameters, client: 'playground' | 'cli' | 'pushing' = 'playground') {
  const beginning = await getAuthorize(openServer(), authorizationParameters(client, change))
  if (beginning.next === 'error page') return `page ${beginning.error.code} ${beginning.error.reason}`
  if (beginning.next !== 'answer') return beginning.next
  const { error, error_description, state, iss } = answered(beginning.response)
  expect([beginning.response.status, state, iss]).toEqual([303, change.state ?? 'a state', issuer])
  return `redirect ${error} ${error_description?.split(':')[0]}`
}

describe('a page, never a redirect', () => {
  const unregistered = 'page invalid_request redirect_uri.registered'

  requirement(
    ['A-001', 'A-002', 'A-004', 'A-005', 'BCP-01', 'RFC6749-02'],
    'for a redirect_uri that is not the registered one',
    async () => {
      for (const redirect_uri of [
        undefined,
        'https://evil.example/callback',
        'https://playground.example/callback/more',
        'https://playground.example/callback?x=1',
        'https://playground.example/callback#x',
        'https://playground.example:443/callback',
        'https://user@playground.example/callback',
        'https://sub.playground.example/callback',
        'https://playground.example/Callback',
        'https://PLAYGROUND.example/callback',
        'https://playground.example\\@evil.example/callback',
        'https://playground.example/callback\r\nLocation: https://evil.example',
        'javascript:alert(1)',
        'data:text/html,x',
        'https://pl\u0430yground.example/callback',
        ['https://playground.example/callback', 'https://evil.example'],
      ]) {
        expect(await outcome({ redirect_uri }), String(redirect_uri)).toBe(unregistered)
      }
    },
  )

  requirement(['A-006', 'RFC6749-02'], 'for a client_id that is unknown, missing or repeated', async () => {
    for (const client_id of [undefined, 'nobody', '<b>x</b>', ['playground', 'web']]) {
      expect(await outcome({ client_id })).toBe('page invalid_request client.known')
    }
  })

  requirement(
    ['A-011', 'JAR-05'],
    'that says so, for a request object that brings its redirect_uri',
    async () => {
      const outside = { redirect_uri: undefined, request: 'x.y.z' }
      expect(await outcome(outside)).toBe('page request_not_supported request.unsupported')
    },
  )

  test('for a broken query', async () => {
    const { server } = openServer()
    const request = new Request(`${authorizeUrl(authorizationParameters('playground'))}&scope=%zz`)
    expect(await beginAuthorization(server, request, browser)).toMatchObject({
      next: 'error page',
      error: { reason: 'request.form' },
    })
  })
})

test('a native client may use any port of the loopback address it registered, and nothing else', async () => {
  for (const uri of [
    'http://127.0.0.1:5000/callback',
    'http://127.0.0.1/callback',
    'http://[::1]:65535/callback',
  ]) {
    expect(await outcome({ redirect_uri: uri }, 'cli'), uri).toBe('step')
  }
  for (const uri of [
    'http://127.0.0.1:0/callback',
    'http://127.0.0.1:65536/callback',
    'http://127.0.0.1:5000/other',
    'http://localhost:5000/callback',
    'https://127.0.0.1:5000/callback',
    'http://127.0.0.1:5000@evil.example/callback',
    'http://127.0.0.2:5000/callback',
  ]) {
    expect(await outcome({ redirect_uri: uri }, 'cli'), uri).toBe(
      'page invalid_request redirect_uri.registered',
    )
  }
})

test('so may a confidential one, such as every native client of FAPI 2.0; a port that is registered is the only one', async () => {
  const opened = openServer()
  const redirect_uris = ['http://127.0.0.1/callback', 'http://127.0.0.1:5000/fixed']
  await opened.stores.saveClient({ ...clients.web, redirect_uris })
  const at = async (redirect_uri: string) =>
    (await getAuthorize(opened, authorizationParameters('web', { redirect_uri }))).next
  expect(await at('http://127.0.0.1:6000/callback')).toBe('step')
  expect(await at('http://127.0.0.1:5000/fixed')).toBe('step')
  expect(await at('http://127.0.0.1:6000/fixed')).toBe('error page')
})

describe('back to the client, with state and iss', () => {
  requirement(
    [
      'A-007',
      'BCP-04',
      'BROWSER-11',
      'A-008',
      'A-009',
      'A-012',
      'A-013',
      'A-015',
      'A-018',
      'DPOP-10-04',
      'ISS-01',
      'RFC6749-01',
      'RFC6749-03',
    ],
    'for every other mistake',
    async () => {
      const table: [Parameters, string][] = [
        [{ response_type: 'token' }, 'unsupported_response_type response_type.code'],
        [{ response_type: 'code id_token' }, 'unsupported_response_type response_type.code'],
        [{ response_type: undefined }, 'invalid_request response_type.present'],
        [{ response_mode: 'fragment' }, 'invalid_request response_mode.known'],
        [{ code_challenge: undefined }, 'invalid_request pkce.required'],
        [{ code_challenge_method: 'plain' }, 'invalid_request pkce.required'],
        [{ code_challenge_method: undefined }, 'invalid_request pkce.required'],
        [{ code_challenge: 'x'.repeat(42) }, 'invalid_request pkce.required'],
        [{ scope: ['openid', 'profile'] }, 'invalid_request parameter.single'],
        [{ nonce: ['1', '2'] }, 'invalid_request parameter.single'],
        [{ unheard_of: ['1', '2'] }, 'invalid_request parameter.single'],
        [{ scope: 'openid admin' }, 'invalid_scope scope.allowed'],
        [{ scope: 'orders' }, 'invalid_scope scope.allowed'],
        [{ scope: undefined }, 'invalid_scope scope.allowed'],
        [{ scope: 'a\u00e4' }, 'invalid_scope scope.syntax'],
        [{ dpop_jkt: 'x'.repeat(42) }, 'invalid_request dpop_jkt.shape'],
        [{ dpop_jkt: `${'x'.repeat(42)}=` }, 'invalid_request dpop_jkt.shape'],
        [{ prompt: 'none login' }, 'invalid_request prompt.valid'],
        [{ prompt: 'create' }, 'invalid_request prompt.valid'],
        [{ max_age: '-1' }, 'invalid_request max_age.valid'],
        [{ max_age: '1e3' }, 'invalid_request max_age.valid'],
        [{ resource: 'https://elsewhere.example' }, 'invalid_target resource.known'],
        [{ request: 'x.y.z' }, 'request_not_supported request.unsupported'],
        [{ id_token_hint: 'x.y.z' }, 'invalid_request id_token_hint.valid'],
      ]
      for (const [change, expected] of table) {
        expect(await outcome(change), JSON.stringify(change)).toBe(`redirect ${expected}`)
      }
    },
  )

  requirement(['A-010', 'PAR-07'], 'for a plain request where it has to be pushed', async () => {
    expect(await outcome({}, 'pushing')).toBe('redirect invalid_request par.required')
    const strict = openServer({ requirePushedAuthorizationRequests: true })
    const beginning = await getAuthorize(strict, authorizationParameters('playground'))
    expect(beginning.next === 'answer' && answered(beginning.response).error).toBe('invalid_request')
  })

  requirement(
    ['A-016', 'A-017'],
    'a state is echoed unchanged, encoded so that it adds nothing; none stays none',
    async () => {
      for (const state of ['s'.repeat(4096), 'x\r\nSet-Cookie: a=b', 'x&error=y&code=z', '"<\'>', 'ü €']) {
        expect(await outcome({ state, scope: 'admin' })).toBe('redirect invalid_scope scope.allowed')
      }
      const beginning = await getAuthorize(
        openServer(),
        authorizationParameters('playground', { state: undefined, scope: 'admin' }),
      )
      expect(beginning.next === 'answer' && answered(beginning.response)).not.toHaveProperty('state')
    },
  )
})

describe('a good request', () => {
  requirement(
    ['A-025', 'RFC6749-01'],
    'begins a transaction; unknown parameters are ignored, however long',
    async () => {
      const { stores, ...opened } = openServer()
      const change = {
        acr_values: 'x '.repeat(6000),
        claims: '{}',
        unheard_of: 'x',
        prompt: 'login consent',
        max_age: '60',
        resource: [otherApi, otherApi],
        response_mode: 'form_post',
      }
      const beginning = await getAuthorize(
        { stores, ...opened },
        authorizationParameters('playground', change),
      )
      if (beginning.next !== 'step') throw new Error(beginning.next)
      const { transaction } = beginning
      expect(transaction).toMatchObject({
        browserHash: browser,
        request: {
          prompt: ['login', 'consent'],
          maxAge: 60,
          resources: [otherApi],
          responseMode: 'form_post',
        },
        expiresAt: opened.clock.now() + 600,
      })
      expect(await stores.transactions.find(transaction.id)).toEqual(transaction)
      expect(await outcome({ claims: '{'.repeat(12_000) })).toBe('redirect invalid_request claims.valid')
    },
  )

  requirement(
    ['A-019', 'A-028'],
    'by POST is stored, and begins when the browser comes back with GET',
    async () => {
      const opened = openServer()
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const body = formBody(authorizationParameters('playground'))
      const posted = new Request(`${issuer}/authorize`, { method: 'POST', headers, body })
      const beginning = await beginAuthorization(opened.server, posted, 'no cookie came')
      if (beginning.next !== 'redirect') throw new Error(beginning.next)
      expect(beginning.location).toMatch(
        /^https:\/\/as\.example\/authorize\?client_id=playground&request_uri=urn/,
      )
      const got = await beginAuthorization(opened.server, new Request(beginning.location), browser)
      expect(got).toMatchObject({
        next: 'step',
        transaction: { browserHash: browser, request: { state: 'a state' } },
      })

      const full = { ...opened.server, pushedRequestQuota: 2 }
      const refused = await beginAuthorization(
        full,
        new Request(`${issuer}/authorize`, { method: 'POST', headers, body }),
        '',
      )
      expect(refused.next === 'answer' && answered(refused.response).error).toBe('temporarily_unavailable')
      const { client_id: _, ...pushed } = authorizationParameters('playground')
      expect((await send({ ...opened, server: full }, '/par', pushed)).status).toBe(201)

      const again = new Request(`${issuer}/authorize`, {
        method: 'POST',
        headers,
        body: beginning.location.split('?')[1] ?? '',
      })
      expect(await beginAuthorization(opened.server, again, 'no cookie came')).toEqual(beginning)
    },
  )
})
