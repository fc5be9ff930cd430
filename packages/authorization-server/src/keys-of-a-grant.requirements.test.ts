import { createProof } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { secret } from '../test/clients.ts'
import {
  answered,
  authorizationParameters,
  begun,
  codeFor,
  exchange,
  finish,
  refresh,
  tokensFor,
} from '../test/flow.ts'
import { refusal } from '../test/refusal.ts'
import { basic, key, otherKey, send } from '../test/requests.ts'
import { issuer, openServer, openServerWithNonces } from '../test/server.ts'

requirement(
  ['DPOP-5-03', 'DPOP-4-02'],
  'a proof at the token endpoint has to be valid even where the client needs none, and alone gives nothing',
  async () => {
    const opened = openServer()
    const code = await codeFor(opened, 'loose')
    const broken = await send(opened, '/token', exchange('loose', code), { client: 'loose', proof: 'x.y.z' })
    expect(await refusal(broken)).toBe('400 invalid_dpop_proof jwt.wellformed')
    const alone = await send(opened, '/token', exchange('loose', 'code_none'), { client: 'loose' })
    expect((await alone.json()).error).toBe('invalid_grant')
    const nobody = await send(opened, '/token', exchange('web', 'code_none'), { client: 'nobody' })
    expect((await nobody.json()).error).toBe('invalid_client')
  },
)

requirement(
  'DPOP-4-03',
  'a proof does not stand for client authentication, whichever way the client authenticates',
  async () => {
    const opened = openServer()
    for (const client of ['web', 'shop'] as const) {
      const code = await codeFor(opened, client)
      const unauthenticated = exchange(client, code, { client_id: client })
      const refused = await send(opened, '/token', unauthenticated, { client: 'nobody' })
      expect([refused.status, (await refused.json()).error]).toEqual([401, 'invalid_client'])
      const answer = await (await send(opened, '/token', exchange(client, code), { client })).json()
      expect(decodeJwt(answer.access_token).cnf).toEqual({ jkt: key.jkt })
    }
  },
)

requirement(
  ['DPOP-5-02', 'DPOP-5-05', 'DPOP-5-06', 'DPOP-5.2-02'],
  'every grant gives a token that is bound to the key of its proof, and none without a proof to a client that needs one',
  async () => {
    const opened = openServer()
    const requests = [
      ['web', async () => exchange('web', await codeFor(opened, 'web'))],
      ['web', async () => refresh((await tokensFor(opened, 'web')).refresh_token)],
      ['service', async () => ({ grant_type: 'client_credentials' })],
    ] as const
    for (const [client, parameters] of requests) {
      const request = await parameters()
      const without = await send(opened, '/token', request, { client, proof: false })
      expect(await refusal(without)).toBe('400 invalid_dpop_proof client.requires')
      const answer = await (await send(opened, '/token', request, { client, proof: otherKey })).json()
      expect(answer.token_type).toBe('DPoP')
      expect(decodeJwt(answer.access_token).cnf).toEqual({ jkt: otherKey.jkt })
    }
  },
)

requirement(
  ['DPOP-5-10', 'DPOP-5-09', 'DPOP-5-08'],
  'a public client refreshes with the key of its first token, and with no other, again and again',
  async () => {
    const opened = openServer()
    let { refresh_token } = await tokensFor(opened)
    for (let i = 0; i < 3; i++) {
      const foreign = await send(opened, '/token', refresh(refresh_token), { proof: otherKey })
      expect(await refusal(foreign)).toBe('400 invalid_grant refresh.jkt')
      const answer = await (await send(opened, '/token', refresh(refresh_token))).json()
      expect(decodeJwt(answer.access_token).cnf).toEqual({ jkt: key.jkt })
      refresh_token = answer.refresh_token
    }
  },
)

requirement(
  ['DPOP-10-03', 'DPOP-11.9-01'],
  'dpop_jkt stands beside PKCE and takes nothing from it: key and verifier must both be right',
  async () => {
    const opened = openServer()
    const code = await codeFor(opened, 'playground', { dpop_jkt: key.jkt })
    const wrongVerifier = { code_verifier: 'another-verifier-of-at-least-forty-three-characters' }
    expect(await refusal(await send(opened, '/token', exchange('playground', code, wrongVerifier)))).toMatch(
      /^400 invalid_grant pkce/,
    )
    const wrongKey = await send(opened, '/token', exchange('playground', code), { proof: otherKey })
    expect(await refusal(wrongKey)).toBe('400 invalid_grant code.jkt')
    expect((await send(opened, '/token', exchange('playground', code))).status).toBe(200)
  },
)

requirement(
  ['DPOP-10.1-01', 'DPOP-10.1-04', 'PAR-09'],
  'dpop_jkt counts where it was pushed, not where the front channel repeats it',
  async () => {
    const opened = openServer()
    const parameters = authorizationParameters('playground', { dpop_jkt: key.jkt })
    const pushed = await (await send(opened, '/par', parameters, { proof: false })).json()
    const front = { client_id: 'playground', request_uri: pushed.request_uri, dpop_jkt: otherKey.jkt }
    const { code = '' } = answered(await finish(opened, await begun(opened, front)))
    const stolen = await send(opened, '/token', exchange('playground', code), { proof: otherKey })
    expect(await refusal(stolen)).toBe('400 invalid_grant code.jkt')
    expect((await send(opened, '/token', exchange('playground', code))).status).toBe(200)
  },
)

requirement(
  'DPOP-6.2-04',
  'introspection says to which key a token is bound and asks for no proof of it',
  async () => {
    const opened = openServer()
    const { access_token } = await tokensFor(opened)
    const headers = { authorization: basic('resource-api', secret) }
    const sent = { client: 'nobody', proof: false, headers } as const
    const answer = await (await send(opened, '/introspect', { token: access_token }, sent)).json()
    expect(answer).toMatchObject({ active: true, token_type: 'DPoP', cnf: { jkt: key.jkt } })
  },
)

requirement(
  'DPOP-11.2-01',
  'bound access tokens are short-lived; what lasts is the refresh token',
  async () => {
    const opened = openServer()
    const { access_token, refresh_token } = await tokensFor(opened)
    const { iat = 0, exp = 0 } = decodeJwt(access_token)
    expect(exp - iat).toBe(300)
    opened.clock.advance(3600)
    const renewed = await (await send(opened, '/token', refresh(refresh_token))).json()
    expect(decodeJwt(renewed.access_token).exp).toBe(exp + 3600)
  },
)

requirement(
  ['DPOP-11.2-02', 'P-077'],
  'a proof made for an hour from now is refused today; in an hour it is good without nonces, and useless with them',
  async () => {
    for (const [opened, later] of [
      [openServer(), '200'],
      [openServerWithNonces(), '400 use_dpop_nonce nonce.match'],
    ] as const) {
      const then = opened.clock.now() + 3600
      const proof = await createProof(key, { method: 'POST', url: `${issuer}/token`, now: then })
      const tooEarly = await send(opened, '/token', exchange('playground', await codeFor(opened)), { proof })
      expect(await refusal(tooEarly)).toBe('400 invalid_dpop_proof iat.window')
      opened.clock.set(then)
      const response = await send(opened, '/token', exchange('playground', await codeFor(opened)), { proof })
      expect(response.ok ? '200' : await refusal(response)).toBe(later)
      opened.clock.set(then + 3600)
      const tooLate = await send(opened, '/token', exchange('playground', await codeFor(opened)), { proof })
      expect(await refusal(tooLate)).toBe('400 invalid_dpop_proof iat.window')
    }
  },
)
