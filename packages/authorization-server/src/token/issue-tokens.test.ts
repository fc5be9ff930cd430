import { createHash } from 'node:crypto'
import { generateKey } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { api, otherApi } from '../../test/clients.ts'
import { tokensFor } from '../../test/flow.ts'
import { key, type Parameters } from '../../test/requests.ts'
import { alice, issuer, openServer, signingKeys } from '../../test/server.ts'
import { jwks } from '../jwks.ts'
import { signIdToken } from './id-token.ts'

requirement(
  ['RFC9068-01', 'RFC9068-02', 'DPOP-6.1-01'],
  'an access token is an at+jwt with every claim of RFC 9068, and cnf.jkt',
  async () => {
    const opened = openServer()
    opened.clock.advance(0.75)
    const { access_token } = await tokensFor(opened)
    const keys = createLocalJWKSet({ keys: [...(await jwks(opened.server)).keys] })
    const now = Math.floor(opened.clock.now())
    const { payload, protectedHeader } = await jwtVerify(access_token, keys, {
      issuer,
      audience: api,
      typ: 'at+jwt',
      currentDate: new Date(now * 1000),
    })
    expect(protectedHeader).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: (await signingKeys.active('access token')).kid,
    })
    expect(payload).toEqual({
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
      grant_id: expect.stringMatching(/^grant_[\w-]{43}$/),
    })
  },
)

requirement('RFC8707-03', 'its audience is what was asked for, with openid also the issuer', async () => {
  const aud = async (change: Parameters) =>
    decodeJwt((await tokensFor(openServer(), 'playground', change)).access_token).aud
  expect(await aud({ scope: 'profile' })).toBe(api)
  expect(await aud({ scope: 'profile', resource: otherApi })).toBe(otherApi)
  expect(await aud({ resource: [api, otherApi] })).toEqual([api, otherApi, issuer])
})

test('an ID token has its own key and typ, and says who signed in, when, and for which access token', async () => {
  const opened = openServer()
  const { access_token, id_token } = await tokensFor(opened, 'playground', { nonce: 'n-0S6_WzA2Mj' })
  const now = opened.clock.now()
  expect(decodeProtectedHeader(id_token)).toEqual({
    alg: 'ES256',
    typ: 'JWT',
    kid: (await signingKeys.active('id token')).kid,
  })
  expect(decodeJwt(id_token)).toEqual({
    iss: issuer,
    sub: alice,
    aud: 'playground',
    exp: now + 300,
    iat: now,
    auth_time: now,
    acr: 'urn:keybound:acr:password',
    nonce: 'n-0S6_WzA2Mj',
    at_hash: createHash('sha256').update(access_token).digest().subarray(0, 16).toString('base64url'),
  })
})

test('at_hash of an Ed25519 ID token is half a SHA-512', async () => {
  const { server, stores } = openServer()
  const client = await stores.clients.find('web')
  if (!client) throw new Error('No client')
  const { sign } = await generateKey('EdDSA')
  const edKey = { kid: 'k', alg: 'EdDSA', purpose: 'id token', sign } as const
  const keys = { active: async () => edKey, publicKeys: async () => [] }
  const issuance = { client, subject: alice, scope: [], resources: [] }
  const idToken = await signIdToken({ ...server, signingKeys: keys }, issuance, 'token', 0)
  expect(decodeJwt(idToken).at_hash).toBe(
    createHash('sha512').update('token').digest().subarray(0, 32).toString('base64url'),
  )
})

requirement(
  'I-013',
  'the key set has no private member and each kid once, whatever the store of keys gives',
  async () => {
    const { server } = openServer()
    const leaky = { kty: 'EC', kid: 'leaky', crv: 'P-256', x: 'x', y: 'y', d: 'secret', alg: 'ES256' }
    const keys = { ...signingKeys, publicKeys: async () => [...(await signingKeys.publicKeys()), leaky] }
    const set = await jwks({ ...server, signingKeys: keys })
    expect(JSON.stringify(set)).not.toContain('secret')
    expect(set.keys.map(({ use }) => use)).toEqual(['sig', 'sig', 'sig'])
    expect(new Set(set.keys.map(({ kid }) => kid)).size).toBe(3)
  },
)
