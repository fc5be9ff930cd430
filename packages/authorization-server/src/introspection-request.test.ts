import { requirement, testKeys } from '@keybound/testkit'
import { decodeJwt, importJWK, SignJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { api, otherApi } from '../test/clients.ts'
import { tokensFor } from '../test/flow.ts'
import { refusal } from '../test/refusal.ts'
import { key, type Sent, send } from '../test/requests.ts'
import { alice, issuer, type Opened, openServer, signingKeys } from '../test/server.ts'
import { signJwt } from './token/sign-jwt.ts'

async function ask(opened: Opened, token: string, sent: Sent = {}) {
  const response = await send(
    opened,
    '/introspect',
    { token },
    { client: 'resource-api', proof: false, ...sent },
  )
  expect(response.headers.get('cache-control')).toBe('no-store')
  return response.ok ? response.json() : refusal(response)
}

const inactive = { active: false }

describe('the caller', () => {
  requirement(['I-001', 'INTRO-01', 'INTRO-04'], 'has to authenticate', async () => {
    const opened = openServer()
    expect(await ask(opened, 'x', { client: 'nobody' })).toBe('401 invalid_client client.auth')
    expect(await ask(opened, 'x', { client: 'playground' })).toBe('401 invalid_client client.auth')
  })

  requirement(
    ['I-002', 'INTRO-02'],
    'learns nothing about a token that is not for it, nor about refresh tokens',
    async () => {
      const opened = openServer()
      const { access_token, refresh_token, id_token } = await tokensFor(opened)
      expect(await ask(opened, access_token, { client: 'web' })).toEqual(inactive)
      expect(await ask(opened, refresh_token)).toEqual(inactive)
      expect(await ask(opened, id_token)).toEqual(inactive)
      const elsewhere = await tokensFor(opened, 'playground', { resource: otherApi })
      expect(await ask(opened, elsewhere.access_token)).toEqual(inactive)
    },
  )

  requirement('DPOP-6.2-03', 'sends no proof', async () => {
    const opened = openServer()
    const { access_token } = await tokensFor(opened)
    expect((await ask(opened, access_token, { proof: 'not even looked at' })).active).toBe(true)
  })
})

requirement(
  ['I-003', 'DPOP-6.2-01', 'DPOP-6.2-02', 'INTRO-03'],
  'tells of a bound token its key and token_type DPoP, and not its grant',
  async () => {
    const opened = openServer()
    const { access_token } = await tokensFor(opened)
    const { jti } = decodeJwt(access_token)
    const now = opened.clock.now()
    expect(await ask(opened, access_token)).toEqual({
      active: true,
      iss: issuer,
      sub: alice,
      aud: [api, issuer],
      exp: now + 300,
      iat: now,
      auth_time: now,
      acr: 'urn:keybound:acr:password',
      jti,
      client_id: 'playground',
      scope: 'openid profile offline_access',
      cnf: { jkt: key.jkt },
      token_type: 'DPoP',
    })
  },
)

test('tells of an unbound token that it is a Bearer token', async () => {
  const opened = openServer()
  const { access_token } = await tokensFor(opened, 'shop', {}, { proof: false })
  expect((await ask(opened, access_token)).token_type).toBe('Bearer')
})

requirement('I-004', 'says only "not active" of what is expired, forged or garbage', async () => {
  const opened = openServer()
  const { access_token } = await tokensFor(opened)
  const [header, payload, signature] = access_token.split('.')
  const key = await signingKeys.active('id token')
  const claims = decodeJwt(access_token)
  const withKey = (typ: 'JWT' | 'at+jwt', change: object) => signJwt(key, typ, { ...claims, ...change })
  const foreign = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })
  for (const token of [
    `${header}.${payload}.${signature?.slice(0, -4)}AAAA`,
    `${btoa('{"alg":"none","typ":"at+jwt"}').replaceAll('=', '')}.${payload}.`,
    await withKey('JWT', {}),
    await withKey('at+jwt', { iss: 'https://other.example' }),
    await withKey('at+jwt', { client_id: undefined }),
    await foreign.sign(await importJWK(testKeys.ES256.privateJwk, 'ES256')),
  ]) {
    expect(await ask(opened, token)).toEqual(inactive)
  }
  opened.clock.advance(299)
  expect((await ask(opened, access_token)).active).toBe(true)
  opened.clock.advance(1)
  expect(await ask(opened, access_token)).toEqual(inactive)
})

requirement('I-005', 'is quick about 30 KB, NUL and SQL, and refuses what is over the limit', async () => {
  const opened = openServer()
  expect(await ask(opened, 'x'.repeat(30_000))).toEqual(inactive)
  expect(await ask(opened, "' OR 1=1; --")).toEqual(inactive)
  expect(await ask(opened, 'x\0y')).toBe('400 invalid_request request.form')
  expect(await ask(opened, 'x'.repeat(40_000))).toBe('413 invalid_request body.size')
  expect(await ask(opened, '')).toBe('400 invalid_request token.present')
})
