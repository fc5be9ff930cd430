import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { api, type ClientName, clients } from '../../test/clients.ts'
import { codeFor, exchange, refresh, tokensFor } from '../../test/flow.ts'
import { refusal } from '../../test/refusal.ts'
import { key, send } from '../../test/requests.ts'
import { alice, issuer, type Opened, openServer } from '../../test/server.ts'
import { secretHash } from '../secret-hash.ts'
import { accessTokenHalfHash } from './at-hash.ts'

async function openOpaque(client: ClientName = 'playground') {
  const opened = openServer()
  await opened.stores.saveClient({ ...clients[client], access_token_format: 'opaque' })
  return opened
}

async function introspect(opened: Opened, token: string) {
  const asked = await send(opened, '/introspect', { token }, { client: 'resource-api', proof: false })
  return asked.json()
}

test('a client that is set to it gets tokens that say nothing, of which the store has the hash alone (OPS-26)', async () => {
  const opened = await openOpaque()
  const { access_token, token_type, id_token } = await tokensFor(opened)
  expect(access_token).toMatch(/^at_[\w-]{43}$/)
  expect(token_type).toBe('DPoP')
  expect(await opened.server.opaqueTokens.find(secretHash(access_token))).toBeDefined()
  expect(await opened.server.opaqueTokens.find(access_token)).toBeUndefined()
  const { at_hash } = JSON.parse(
    atob((id_token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')),
  )
  expect(at_hash).toBe(accessTokenHalfHash(access_token, 'ES256'))
  expect((await tokensFor(openServer())).access_token).toMatch(/^eyJ/)
})

requirement(
  ['INTRO-03', 'DPOP-6.2-01', 'I-003'],
  'introspection says everything of it that a JWT would, the key included',
  async () => {
    const opened = await openOpaque()
    const { access_token } = await tokensFor(opened)
    const now = opened.clock.now()
    expect(await introspect(opened, access_token)).toEqual({
      active: true,
      iss: issuer,
      sub: alice,
      aud: [api, issuer],
      exp: now + 300,
      iat: now,
      jti: expect.stringMatching(/^[\w-]{43}$/),
      client_id: 'playground',
      scope: 'openid profile offline_access',
      auth_time: now,
      acr: 'urn:keybound:acr:password',
      cnf: { jkt: key.jkt },
      token_type: 'DPoP',
    })
  },
)

describe('it ends', () => {
  test('at its exp', async () => {
    const opened = await openOpaque()
    const { access_token } = await tokensFor(opened)
    opened.clock.advance(300)
    expect(await introspect(opened, access_token)).toEqual({ active: false })
  })

  requirement(['I-007', 'REVOKE-03'], 'when it is revoked, and with its grant', async () => {
    const opened = await openOpaque()
    const [one, two] = [await tokensFor(opened), await tokensFor(opened)]
    await send(opened, '/revoke', { token: one.access_token })
    await send(opened, '/revoke', { token: two.refresh_token })
    for (const { access_token } of [one, two])
      expect(await introspect(opened, access_token)).toEqual({ active: false })
  })
})

requirement('I-006', 'another client revokes nothing', async () => {
  const opened = await openOpaque()
  const { access_token } = await tokensFor(opened)
  expect((await send(opened, '/revoke', { token: access_token }, { client: 'web' })).status).toBe(200)
  expect((await introspect(opened, access_token)).active).toBe(true)
})

test('a refused request stores none', async () => {
  const opened = await openOpaque()
  const code = await codeFor(opened)
  const answers = await Promise.all(
    Array.from({ length: 8 }, () => send(opened, '/token', exchange('playground', code))),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

requirement('T-041', 'it is no refresh token, and a refresh token is no access token', async () => {
  const opened = await openOpaque()
  const { access_token, refresh_token } = await tokensFor(opened)
  expect(await refusal(await send(opened, '/token', refresh(access_token)))).toBe(
    '400 invalid_grant refresh.live',
  )
  expect(await introspect(opened, refresh_token)).toEqual({ active: false })
  expect(await introspect(opened, refresh_token.replace('rt_', 'at_'))).toEqual({ active: false })
})

test('client credentials give one too', async () => {
  const opened = await openOpaque('service')
  const sent = { client: 'service' } as const
  const { access_token } = await (
    await send(opened, '/token', { grant_type: 'client_credentials' }, sent)
  ).json()
  expect(await introspect(opened, access_token)).toMatchObject({ active: true, sub: 'client:service' })
})
