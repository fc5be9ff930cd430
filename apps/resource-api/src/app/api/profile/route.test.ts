import { signerFromJwk } from '@keybound/dpop'
import { OAuthError } from '@keybound/oauth'
import { requirement, testKeys } from '@keybound/testkit'
import { describe, expect, test, vi } from 'vitest'
import { alice, aliceSub, env, openApi } from '../../../../test/open-api.ts'
import { publish } from '../../../resource-api.ts'
import { DELETE, GET, OPTIONS, PATCH, POST, PUT } from './route.ts'

const send = (request: Request) => (request.method === 'PATCH' ? PATCH : GET)(request, undefined)

describe('GET', () => {
  test('gives the profile of the subject, kept by no cache', async () => {
    const { request } = openApi()
    const response = await send(await request('GET'))
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      sub: aliceSub,
      name: 'Alice',
      email: 'alice@example.com',
      locale: 'en',
      updated_at: 1,
    })
  })

  test('tells a client that acts for nobody who it is', async () => {
    const { request, issue } = openApi()
    const token = await issue({ sub: 'client:service', client_id: 'service', scope: 'profile' })
    const response = await send(await request('GET', { token }))
    expect(await response.json()).toEqual({ sub: 'service', client: true })
  })

  test('knows nobody without a profile', async () => {
    const { request, issue } = openApi()
    const response = await send(await request('GET', { token: await issue({ sub: 'mallory' }) }))
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: 'not_found' })
  })

  requirement(['S-002', 'S-009', 'S-016'], 'refuses a stolen token, and one without the scope', async () => {
    const { request, issue } = openApi()
    const token = await issue()
    const bearer = new Request(env.resource, { headers: { authorization: `Bearer ${token}` } })
    const thief = await signerFromJwk(testKeys.otherEd25519.privateJwk, 'Ed25519')
    const stolen = await request('GET', { token, signer: thief })
    const narrow = await request('GET', { token: await issue({ scope: 'openid' }) })
    const answers = await Promise.all([bearer, stolen, narrow].map(send))
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 403])
    for (const answer of answers) {
      expect(answer.headers.get('www-authenticate')).toContain(
        'resource_metadata="https://api.example/.well-known/oauth-protected-resource/api/profile"',
      )
    }
  })

  requirement(
    'S-017',
    'refuses a revoked token within five seconds, and answers 503 where that cannot be asked',
    async () => {
      const { request, issue, server, clock } = openApi()
      const token = await issue()
      expect((await send(await request('GET', { token }))).status).toBe(200)
      server.active = false
      clock.advance(5)
      expect((await send(await request('GET', { token }))).status).toBe(401)
      server.active = true
      server.down = true
      clock.advance(5)
      const response = await send(await request('GET', { token }))
      expect(response.status).toBe(503)
      expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' })
    },
  )
})

describe('an opaque access token', () => {
  const token = `at_${'x'.repeat(43)}`

  requirement(
    ['RFC9068-04', 'DPOP-6-01', 'S-002', 'S-009'],
    'is worth what introspection says of it, and no more',
    async () => {
      const { request, server, saying, clock } = openApi()
      server.says = { ...saying(), token_type: 'DPoP' }
      expect((await send(await request('GET', { token }))).status).toBe(200)

      const thief = await signerFromJwk(testKeys.otherEd25519.privateJwk, 'Ed25519')
      const bearer = new Request(env.resource, { headers: { authorization: `Bearer ${token}` } })
      const stolen = await request('GET', { token, signer: thief })
      expect((await Promise.all([bearer, stolen].map(send))).map(({ status }) => status)).toEqual([401, 401])

      for (const [change, status] of [
        [{ aud: 'https://other.example' }, 401],
        [{ cnf: undefined }, 401],
        [{ scope: 'openid' }, 403],
      ] as const) {
        server.says = { ...saying(), ...change }
        clock.advance(5)
        expect((await send(await request('GET', { token }))).status, JSON.stringify(change)).toBe(status)
      }
      server.active = false
      clock.advance(5)
      expect((await send(await request('GET', { token }))).status).toBe(401)
    },
  )
})

describe('PATCH', () => {
  const patch = async (body: string, parts: object = {}) => {
    const opened = openApi()
    const response = await send(await opened.request('PATCH', { body, ...parts }))
    const answer = (await response.json()) as Record<string, string>
    return { ...opened, status: response.status, answer, headers: response.headers }
  }

  test('changes what is sent and leaves the rest', async () => {
    const { status, answer, clock, profiles } = await patch('{"name":" Alice B. ","locale":"de-CH"}')
    expect(status).toBe(200)
    const changed = { name: 'Alice B.', locale: 'de-CH', email: 'alice@example.com', updated_at: clock.now() }
    expect(answer).toMatchObject(changed)
    expect(await profiles.find(aliceSub)).toMatchObject(changed)
  })

  test.each([
    ['not JSON', '{"name":'],
    ['a list', '[]'],
    ['text', '"name"'],
    ['null', 'null'],
    ['the subject', '{"sub":"mallory"}'],
    ['the time', '{"updated_at":1}'],
    ['a member of the prototype (N-016)', '{"__proto__":{"admin":true}}'],
    ['a constructor (N-016)', '{"constructor":{"prototype":{"admin":true}}}'],
    ['no name', '{"name":null}'],
    ['an empty name', '{"name":"  "}'],
    ['a long name', `{"name":"${'x'.repeat(101)}"}`],
    ['a name with a line feed', '{"name":"a\\nb"}'],
    ['a name that turns the text around', '{"name":"a\\u202eb"}'],
    ['a lone surrogate', '{"name":"a\\ud800"}'],
    ['a number for a name', '{"name":1}'],
    ['no e-mail address', '{"email":"alice"}'],
    ['no language', '{"locale":"English please"}'],
    ['a language with markup', '{"locale":"<b>"}'],
  ])('refuses %s, and changes nothing', async (_, body) => {
    const { status, answer, profiles } = await patch(body)
    expect(status).toBe(400)
    expect(answer.error).toBe('invalid_request')
    expect(answer.error_description).toMatch(/^profile\.patch: [\x20-\x21\x23-\x5b\x5d-\x7e]+$/)
    expect(await profiles.find(aliceSub)).toMatchObject({ name: 'Alice', updated_at: 1 })
    expect('admin' in {}).toBe(false)
  })

  test('takes JSON merge patch alone', async () => {
    const { status, answer, headers } = await patch('{}', { type: 'application/json' })
    expect(status).toBe(415)
    expect(answer.error_description).toMatch(/^content\.type: /)
    expect(headers.get('accept-patch')).toBe('application/merge-patch+json')
    expect((await patch('{}', { type: 'Application/Merge-Patch+JSON; charset=utf-8' })).status).toBe(200)
  })

  test('needs its own scope, and is looked at only with access', async () => {
    const { request, issue } = openApi()
    const token = await issue({ scope: 'profile' })
    expect((await send(await request('PATCH', { token, body: 'nonsense' }))).status).toBe(403)
    const bare = new Request(env.resource, { method: 'PATCH', body: 'nonsense' })
    expect((await send(bare)).status).toBe(401)
  })

  test('is not for a client that acts for nobody', async () => {
    const { request, issue } = openApi()
    const token = await issue({ sub: 'client:web', client_id: 'web' })
    expect((await send(await request('PATCH', { token, body: '{}' }))).status).toBe(404)
  })
})

test('every other method is refused in JSON with Allow', async () => {
  for (const handler of [POST, PUT, DELETE]) {
    const response = handler()
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('GET, PATCH, HEAD, OPTIONS')
    expect(await response.json()).toMatchObject({ error: 'method_not_allowed' })
  }
  expect(OPTIONS().status).toBe(204)
  expect(OPTIONS().headers.get('allow')).toBe('GET, PATCH, HEAD, OPTIONS')
})

describe('when something breaks', () => {
  requirement('N-012', 'a mistake is a 500 with a correlation id and nothing else', async () => {
    const { api, request, lines } = openApi()
    const find = () => Promise.reject(new RangeError('the secret detail'))
    publish({ ...api, profiles: { ...api.profiles, find } })
    const response = await send(await request('GET'))
    expect(response.status).toBe(500)
    expect(await response.text()).toBe(
      '{"error":"server_error","error_description":"server.fault: something broke on this side, see correlation-1"}',
    )
    expect(lines.at(-1)).toContain('correlation-1')
    expect(lines.at(-1)).toContain('the secret detail')
  })

  test('a store that does not answer is a 503', async () => {
    const { api, request } = openApi()
    const unavailable = new OAuthError('temporarily_unavailable', 'store.available', 'try again')
    publish({ ...api, profiles: { ...api.profiles, find: () => Promise.reject(unavailable) } })
    expect((await send(await request('GET'))).status).toBe(503)
  })
})

requirement(
  ['N-010', 'N-011'],
  'each verdict is one line with check, key and client, and never a token, proof or query',
  async () => {
    const { request, issue, lines } = openApi()
    const token = await issue()
    const good = await request('GET', { token })
    const proof = good.headers.get('dpop') ?? ''
    await send(good)
    await send(new Request(env.resource, { headers: good.headers }))
    const verdicts = () => lines.map((line) => JSON.parse(line)).filter(({ event }) => event === 'access')
    await vi.waitFor(() => expect(verdicts().at(-1)?.check).toBe('jti.unused'), { timeout: 30_000 })
    expect(verdicts().slice(-2)).toMatchObject([
      {
        outcome: 'accepted',
        method: 'GET',
        path: '/api/profile',
        client_id: 'web',
        correlation_id: 'correlation-1',
      },
      {
        outcome: 'rejected',
        check: 'jti.unused',
        error: 'invalid_dpop_proof',
        client_id: 'web',
        correlation_id: 'correlation-1',
      },
    ])
    for (const { jkt } of verdicts().slice(-2)) expect(jkt).toBe(alice.jkt)
    const text = lines.join('')
    for (const secret of [
      token,
      proof,
      token.split('.')[2] ?? '',
      proof.split('.')[2] ?? '',
      'secret-query',
    ]) {
      expect(text).not.toContain(secret)
    }
  },
)
