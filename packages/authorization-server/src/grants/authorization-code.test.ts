import { createProof } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { otherApi } from '../../test/clients.ts'
import { codeFor, exchange, refresh, verifier } from '../../test/flow.ts'
import { refusal } from '../../test/refusal.ts'
import { key, otherKey, type Parameters, type Sent, send } from '../../test/requests.ts'
import { alice, type Opened, openServer } from '../../test/server.ts'
import { secretHash } from '../secret-hash.ts'

async function isActive(opened: Opened, token: string): Promise<boolean> {
  const response = await send(opened, '/introspect', { token }, { client: 'resource-api', proof: false })
  return (await response.json()).active
}

/** Sends a code as it should be, save for one thing, and tells what came of it. */
async function sendWith(change: Parameters, sent: Sent = {}, request: Parameters = {}) {
  const opened = openServer()
  const code = await codeFor(opened, 'playground', request)
  const refused = await refusal(await send(opened, '/token', exchange('playground', code, change), sent))
  const retried = await send(opened, '/token', exchange('playground', code))
  return { refused, stillGood: retried.status === 200 }
}

describe('a code that does not fit the request is refused and stays good', () => {
  requirement(['T-006', 'RFC6749-05'], 'of another client', async () => {
    const opened = openServer()
    const code = await codeFor(opened)
    const stolen = await send(opened, '/token', exchange('playground', code), { client: 'loose' })
    expect(await refusal(stolen)).toBe('400 invalid_grant code.client')
    expect((await send(opened, '/token', exchange('playground', code))).status).toBe(200)
  })

  requirement('T-007', 'redirect_uri differs or is missing', async () => {
    const expected = { refused: '400 invalid_grant redirect_uri.match', stillGood: true }
    expect(await sendWith({ redirect_uri: 'https://playground.example/callback/' })).toEqual(expected)
    expect(await sendWith({ redirect_uri: undefined })).toEqual(expected)
  })

  requirement(
    ['T-008', 'T-009', 'T-011', 'PKCE-03'],
    'code_verifier missing, wrong, malformed or the challenge itself',
    async () => {
      const expected = { refused: '400 invalid_grant pkce.match', stillGood: true }
      for (const code_verifier of [
        undefined,
        `${verifier}x`,
        'x'.repeat(42),
        'x'.repeat(129),
        `${'x'.repeat(42)}+`,
        secretHash(verifier),
      ]) {
        expect(await sendWith({ code_verifier }), code_verifier).toEqual(expected)
      }
    },
  )

  requirement(['T-012', 'DPOP-10-02'], 'bound with dpop_jkt, and the proof is by another key', async () => {
    expect(await sendWith({}, { proof: otherKey }, { dpop_jkt: key.jkt })).toEqual({
      refused: '400 invalid_grant code.jkt',
      stillGood: true,
    })
  })

  requirement(['T-013', 'T-014', 'DPOP-5.2-02'], 'no proof, of a client that needs one', async () => {
    const expected = { refused: '400 invalid_dpop_proof client.requires', stillGood: true }
    expect(await sendWith({}, { proof: false }, { dpop_jkt: key.jkt })).toEqual(expected)
    expect(await sendWith({}, { proof: false })).toEqual(expected)
  })

  test('no proof, of a client that needs none, for a code with dpop_jkt (DPOP-10-02)', async () => {
    const opened = openServer()
    const code = await codeFor(opened, 'loose', { dpop_jkt: key.jkt })
    const response = await send(opened, '/token', exchange('loose', code), { client: 'loose', proof: false })
    expect(await refusal(response)).toBe('400 invalid_dpop_proof client.requires')
  })

  test('a resource that was not granted', async () => {
    expect(await sendWith({ resource: otherApi })).toEqual({
      refused: '400 invalid_target resource.granted',
      stillGood: true,
    })
  })
})

describe('the life of a code', () => {
  requirement(['T-005', 'RFC6749-04'], 'ends after 60 s, without tolerance', async () => {
    for (const [age, status] of [
      [59.9, 200],
      [60, 400],
    ] as const) {
      const opened = openServer()
      const code = await codeFor(opened)
      opened.clock.advance(age)
      const response = await send(opened, '/token', exchange('playground', code))
      expect(response.status, `${age} s`).toBe(status)
    }
  })

  test('an unknown or absent code gets nothing', async () => {
    const opened = openServer()
    expect(await refusal(await send(opened, '/token', exchange('playground', 'code_x')))).toBe(
      '400 invalid_grant code.live',
    )
    const nothing = { ...exchange('playground', ''), code: undefined }
    expect(await refusal(await send(opened, '/token', nothing))).toBe('400 invalid_request code.present')
  })

  requirement('T-004', 'used again with everything matching: refused, and what it gave ends', async () => {
    const opened = openServer()
    const code = await codeFor(opened)
    const first = await (await send(opened, '/token', exchange('playground', code))).json()
    expect(await isActive(opened, first.access_token)).toBe(true)

    const again = await send(opened, '/token', exchange('playground', code))
    expect(await refusal(again)).toBe('400 invalid_grant code.live')
    expect(await isActive(opened, first.access_token)).toBe(false)
    expect(await refusal(await send(opened, '/token', refresh(first.refresh_token)))).toBe(
      '400 invalid_grant refresh.live',
    )
  })

  requirement(
    'T-004',
    'used again by another client, key or verifier: refused, and nothing is revoked',
    async () => {
      const opened = openServer()
      const code = await codeFor(opened)
      const first = await (await send(opened, '/token', exchange('playground', code))).json()
      const strangers: [Parameters, Sent, string][] = [
        [{}, { client: 'loose' }, '400 invalid_grant code.client'],
        [{}, { proof: otherKey }, '400 invalid_grant code.live'],
        [{ code_verifier: `${verifier}x` }, {}, '400 invalid_grant pkce.match'],
        [{ redirect_uri: 'https://evil.example/' }, {}, '400 invalid_grant redirect_uri.match'],
      ]
      for (const [change, sent, expected] of strangers) {
        expect(await refusal(await send(opened, '/token', exchange('playground', code, change), sent))).toBe(
          expected,
        )
      }
      expect(await isActive(opened, first.access_token)).toBe(true)
      expect((await send(opened, '/token', refresh(first.refresh_token))).status).toBe(200)
    },
  )

  test('the whole request replayed, proof included, is a replay and no reuse: nothing is revoked', async () => {
    const opened = openServer()
    const code = await codeFor(opened)
    const url = opened.server.endpoints.token
    const proof = await createProof(key, { method: 'POST', url, now: opened.clock.now() })
    const first = await (await send(opened, '/token', exchange('playground', code), { proof })).json()
    const replayed = await send(opened, '/token', exchange('playground', code), { proof })
    expect(await refusal(replayed)).toBe('400 invalid_dpop_proof jti.unused')
    expect(await isActive(opened, first.access_token)).toBe(true)
  })
})

describe('what a code gives', () => {
  test('no refresh token without offline_access, and the grant ends with the access token', async () => {
    const opened = openServer()
    const code = await codeFor(opened, 'playground', { scope: 'profile' })
    const tokens = await (await send(opened, '/token', exchange('playground', code))).json()
    expect(tokens).not.toHaveProperty('refresh_token')
    expect(tokens).not.toHaveProperty('id_token')
    const claims = decodeJwt(tokens.access_token)
    expect(claims.sub).toBe(alice)
    const grant = await opened.stores.grantStore.findGrant(String(claims.grant_id))
    expect(grant?.expiresAt).toBe(opened.clock.now() + 300)
  })

  test('a Bearer token to a client that needs no proof and sends none', async () => {
    const opened = openServer()
    const code = await codeFor(opened, 'shop')
    const response = await send(opened, '/token', exchange('shop', code), { client: 'shop', proof: false })
    const tokens = await response.json()
    expect(tokens.token_type).toBe('Bearer')
    expect(decodeJwt(tokens.access_token)).not.toHaveProperty('cnf')
  })

  requirement(
    ['OPS-26', 'A-024', 'RFC6749-11'],
    'a code has 256 bits, and only its hash is stored',
    async () => {
      const opened = openServer()
      const code = await codeFor(opened)
      expect(code).toMatch(/^code_[\w-]{43}$/)
      expect(await opened.stores.grantStore.findCode(code)).toBeUndefined()
      const record = await opened.stores.grantStore.findCode(secretHash(code))
      expect(JSON.stringify(record)).not.toContain(code)
    },
  )
})
