import { createProof } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import {
  answered,
  authorizationParameters,
  begun,
  exchange,
  finish,
  getAuthorize,
  tokensFor,
  verifier,
} from '../test/flow.ts'
import { refusal } from '../test/refusal.ts'
import { key, otherKey, type Parameters, type Sent, send } from '../test/requests.ts'
import { type Opened, openServer } from '../test/server.ts'

function push(opened: Opened, change: Parameters = {}, sent: Sent = {}) {
  const client = sent.client ?? 'playground'
  const parameters = authorizationParameters(client === 'nobody' ? 'playground' : client, change)
  return send(opened, '/par', parameters, { proof: false, ...sent })
}

async function pushed(opened: Opened, change: Parameters = {}, sent: Sent = {}): Promise<Parameters> {
  const client_id = sent.client ?? 'playground'
  return { client_id, request_uri: (await (await push(opened, change, sent)).json()).request_uri }
}

async function pageReason(opened: Opened, parameters: Parameters): Promise<string> {
  const beginning = await getAuthorize(opened, parameters)
  if (beginning.next !== 'error page') throw new Error(beginning.next)
  return `${beginning.error.code} ${beginning.error.reason}`
}

describe('the answer', () => {
  requirement(
    ['R-014', 'PAR-03'],
    'is 201 with a request_uri of 256 bits, not stored by any cache',
    async () => {
      const response = await push(openServer())
      expect(response.status).toBe(201)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(await response.json()).toEqual({
        request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/),
        expires_in: 60,
      })
    },
  )

  requirement(
    ['PAR-05', 'RFC6749-03'],
    'leads to a code; what else the front channel carries is ignored',
    async () => {
      const opened = openServer()
      const front = {
        ...(await pushed(opened)),
        state: 'forged',
        scope: 'profile:write',
        redirect_uri: 'https://evil.example',
      }
      const response = await finish(opened, await begun(opened, front))
      expect(response.headers.get('location')).toMatch(/^https:\/\/playground\.example\/callback\?/)
      const { code = '', state } = answered(response)
      expect(state).toBe('a state')
      const tokens = await (await send(opened, '/token', exchange('playground', code))).json()
      expect(tokens.scope).toBe('openid profile offline_access')
    },
  )
})

describe('what is refused', () => {
  requirement(['R-001', 'PAR-01'], 'no client, or one without its credentials', async () => {
    expect(await refusal(await push(openServer(), { client_id: undefined }, { client: 'nobody' }))).toBe(
      '401 invalid_client client.auth',
    )
    expect(await refusal(await push(openServer(), { client_id: 'web' }, { client: 'nobody' }))).toBe(
      '401 invalid_client client.auth',
    )
  })

  requirement(['R-002', 'PAR-01'], 'a request_uri in it', async () => {
    expect(await refusal(await push(openServer(), { request_uri: 'urn:x' }))).toBe(
      '400 invalid_request par.nested',
    )
  })

  requirement(['R-016', 'PAR-02', 'PKCE-04'], 'whatever /authorize would refuse, as JSON', async () => {
    const table: [Parameters, string][] = [
      [{ redirect_uri: undefined }, '400 invalid_request redirect_uri.registered'],
      [{ redirect_uri: 'https://evil.example/' }, '400 invalid_request redirect_uri.registered'],
      [{ code_challenge: undefined }, '400 invalid_request pkce.required'],
      [{ code_challenge_method: 'plain', code_challenge: verifier }, '400 invalid_request pkce.required'],
      [{ code_challenge_method: undefined }, '400 invalid_request pkce.required'],
      [{ response_type: 'token' }, '400 unsupported_response_type response_type.code'],
      [{ response_type: undefined }, '400 invalid_request response_type.present'],
      [{ request: 'x.y.z' }, '400 request_not_supported request.unsupported'],
      [{ scope: 'admin' }, '400 invalid_scope scope.allowed'],
      [{ dpop_jkt: 'short' }, '400 invalid_request dpop_jkt.shape'],
      [{ state: ['one', 'two'] }, '400 invalid_request request.form'],
    ]
    for (const [change, expected] of table) {
      expect(await refusal(await push(openServer(), change)), JSON.stringify(change)).toBe(expected)
    }
  })

  requirement(['R-010', 'PAR-06'], 'too many that wait: 429, until they have expired', async () => {
    const opened = openServer({ pushedRequestQuota: 3 })
    for (let i = 0; i < 3; i++) expect((await push(opened)).status).toBe(201)
    const response = await push(opened)
    expect(response.headers.get('retry-after')).toBe('1')
    expect(await refusal(response)).toBe('429 temporarily_unavailable request.rate')
    expect((await push(opened, {}, { client: 'loose' })).status, 'another client').toBe(201)
    opened.clock.advance(61)
    expect((await push(opened)).status).toBe(201)
  })
})

describe('the life of a request_uri', () => {
  requirement(['R-004', 'PAR-04'], 'ends when the code is issued', async () => {
    const opened = openServer()
    const front = await pushed(opened)
    await finish(opened, await begun(opened, front))
    expect(await pageReason(opened, front)).toBe('invalid_request_uri request_uri.unspent')
  })

  requirement(
    'R-017',
    'lets it be opened twice and the login take minutes; one of the two gets the code',
    async () => {
      const opened = openServer()
      const front = await pushed(opened)
      const first = await begun(opened, front)
      const second = await begun(opened, front)
      opened.clock.advance(500)
      expect(answered(await finish(opened, second)).code).toMatch(/^code_/)
      await expect(finish(opened, first)).rejects.toMatchObject({ reason: 'request_uri.unspent' })
    },
  )

  requirement('R-005', 'ends after 60 s, judged on arrival', async () => {
    const opened = openServer()
    const front = await pushed(opened)
    opened.clock.advance(60)
    expect(await pageReason(opened, front)).toBe('invalid_request_uri request_uri.live')
  })

  requirement(
    ['R-006', 'R-012', 'A-011'],
    'belongs to its client; any other address is unknown and never fetched',
    async () => {
      const opened = openServer()
      const front = await pushed(opened)
      for (const parameters of [
        { ...front, client_id: 'loose' },
        { ...front, request_uri: 'http://169.254.169.254/latest' },
        { ...front, request_uri: 'file:///etc/passwd' },
        { ...front, request_uri: 'urn:ietf:params:oauth:request_uri:other' },
      ]) {
        expect(await pageReason(opened, parameters)).toBe('invalid_request_uri request_uri.known')
      }
    },
  )
})

describe('the key', () => {
  requirement(
    ['R-008', 'DPOP-10.1-02', 'DPOP-10.1-03', 'DPOP-10.1-04'],
    'of the proof, or of dpop_jkt, is the key of the code',
    async () => {
      for (const [change, proof] of [
        [{}, key],
        [{ dpop_jkt: key.jkt }, false],
        [{ dpop_jkt: key.jkt }, key],
      ] as const) {
        const opened = openServer()
        const front = await pushed(opened, change, { proof })
        const { code = '' } = answered(await finish(opened, await begun(opened, front)))
        const stolen = await send(opened, '/token', exchange('playground', code), { proof: otherKey })
        expect(await refusal(stolen)).toBe('400 invalid_grant code.jkt')
        expect((await send(opened, '/token', exchange('playground', code))).status).toBe(200)
      }
    },
  )

  requirement(
    ['R-007', 'DPOP-10.1-05'],
    'of the proof and dpop_jkt differ: refused, and the proof is not spent',
    async () => {
      const opened = openServer()
      const url = opened.server.endpoints.pushedAuthorizationRequest
      const proof = await createProof(key, { method: 'POST', url, now: opened.clock.now() })
      expect(await refusal(await push(opened, { dpop_jkt: otherKey.jkt }, { proof }))).toBe(
        '400 invalid_request par.jkt',
      )
      expect((await push(opened, {}, { proof })).status).toBe(201)
    },
  )
})

test('a client that has to push works like any other', async () => {
  const opened = openServer()
  const front = await pushed(opened, {}, { client: 'pushing' })
  expect(answered(await finish(opened, await begun(opened, front))).code).toMatch(/^code_/)
  await expect(tokensFor(opened, 'pushing')).rejects.toThrow('Not begun')
})
