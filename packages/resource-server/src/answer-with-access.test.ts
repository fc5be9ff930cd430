import { OAuthError } from '@keybound/oauth'
import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { protectedProfile } from '../test/protected-profile.ts'
import { resource } from '../test/test-issuer.ts'
import type { Decision } from './report-decisions.ts'

describe('nonces', () => {
  requirement(
    ['P-081', 'DPOP-9-02'],
    'are asked for with a fresh one, and the next proof is served',
    async () => {
      const profile = protectedProfile()
      const token = await profile.token()
      const first = await profile.send({ token, proof: await profile.proof(token, { nonce: 'unknown' }) })
      expect(first).toMatchObject({ status: 401, check: 'nonce.match', body: { error: 'use_dpop_nonce' } })
      const nonce = first.headers.get('dpop-nonce') ?? ''
      expect((await profile.send({ token, proof: await profile.proof(token, { nonce }) })).status).toBe(200)
    },
  )

  requirement(
    ['P-083', 'DPOP-9-03', 'DPOP-8.2-02', 'S-024'],
    'are renewed on a success that used the one before',
    async () => {
      const profile = protectedProfile()
      const token = await profile.token()
      const get = async (nonce: string) =>
        profile.send({ token, proof: await profile.proof(token, { nonce }) })
      const old = (await profile.nonce()) ?? ''
      expect((await get(old)).headers.has('dpop-nonce')).toBe(false)
      profile.clock.advance(60)
      const renewed = await get(old)
      expect(renewed.status).toBe(200)
      expect(renewed.headers.get('dpop-nonce')).toBe(await profile.nonce())
      expect(renewed.headers.get('cache-control')).toBe('no-store')
      expect(renewed.headers.get('access-control-expose-headers')).toBe('DPoP-Nonce, WWW-Authenticate, Date')
      profile.clock.advance(60)
      expect(await get(old)).toMatchObject({ status: 401, check: 'nonce.match' })
    },
  )
})

describe('beside Bearer (RFC 9449 §7.2)', () => {
  const open = () => protectedProfile({ schemes: ['DPoP', 'Bearer'], realm: 'profiles' })

  requirement(
    ['DPOP-7.2-03', 'DPOP-7.2-04'],
    'a request without a token gets both challenges, without an error',
    async () => {
      const { challenges } = await open().send({})
      expect(challenges.map(({ scheme }) => scheme)).toEqual(['DPoP', 'Bearer'])
      expect(
        challenges.every(({ params }) => params.error === undefined && params.realm === 'profiles'),
      ).toBe(true)
      expect(challenges[1]?.params.algs).toBeUndefined()
    },
  )

  test('an unbound token is served as Bearer, and no proof is read', async () => {
    const profile = open()
    const token = await profile.token({ claims: { cnf: undefined } })
    const { status, body } = await profile.send({ token, scheme: 'Bearer', proof: ['nonsense', 'twice'] })
    expect(status).toBe(200)
    expect(body).toEqual({ sub: 'alice' })
    expect(profile.spent()).toBe(0)
  })

  requirement(
    ['DPOP-7.2-01', 'DPOP-7.2-05', 'S-002', 'S-003'],
    'a bound one is refused as Bearer, in that challenge alone',
    async () => {
      const profile = open()
      const token = await profile.token()
      const { status, challenges, check } = await profile.send({
        token,
        scheme: 'Bearer',
        proof: await profile.proof(token),
      })
      expect(status).toBe(401)
      expect(check).toBe('scheme.match')
      expect(challenges.map(({ scheme, params }) => [scheme, params.error])).toEqual([
        ['DPoP', undefined],
        ['Bearer', 'invalid_token'],
      ])
    },
  )

  requirement(
    ['DPOP-7.2-02', 'S-004'],
    'an unbound one is refused under DPoP, in that challenge alone',
    async () => {
      const profile = open()
      const token = await profile.token({ claims: { cnf: undefined } })
      const { challenges, check } = await profile.send({ token, proof: await profile.proof(token) })
      expect(check).toBe('scheme.match')
      expect(challenges.map(({ params }) => params.error)).toEqual(['invalid_token', undefined])
    },
  )

  requirement('DPOP-7.2-06', 'two credentials are a 400 in both', async () => {
    const profile = open()
    const request = profile.request({ token: 'a' })
    request.headers.append('authorization', 'Bearer b')
    const response = await profile.answer(request, {}, () => new Response())
    expect(response.status).toBe(400)
    expect(response.headers.get('www-authenticate')?.match(/error="invalid_request"/g)).toHaveLength(2)
  })
})

describe('answers', () => {
  requirement('RFC9728-04', 'name the resource metadata in every challenge', async () => {
    const resourceMetadata = 'https://api.example/.well-known/oauth-protected-resource/api/profile'
    const { challenges } = await protectedProfile({
      resourceMetadata,
      schemes: ['DPoP', 'Bearer'],
    }).send({})
    expect(challenges.map(({ scheme, params }) => [scheme, params.resource_metadata])).toEqual([
      ['DPoP', resourceMetadata],
      ['Bearer', resourceMetadata],
    ])
  })

  test('leave pages of other origins what the handler lets them read, beside the nonce', async () => {
    const profile = protectedProfile()
    const token = await profile.token()
    const response = await profile.answer(
      profile.request({ token, proof: await profile.proof(token) }),
      {},
      () => new Response('', { headers: { 'access-control-expose-headers': 'X-Total,DPoP-Nonce' } }),
    )
    expect(response.headers.get('access-control-expose-headers')).toBe(
      'X-Total, DPoP-Nonce, WWW-Authenticate, Date',
    )
  })

  requirement('S-024', 'are kept by no cache unless the handler says how', async () => {
    const profile = protectedProfile({ nonces: false })
    const token = await profile.token()
    const get = async (response: Response) =>
      profile.answer(profile.request({ token, proof: await profile.proof(token) }), {}, () => response)
    expect((await get(Response.json({}))).headers.get('cache-control')).toBe('no-store')
    const cached = new Response('', { status: 203, headers: { 'cache-control': 'private', etag: '"x"' } })
    const answer = await get(cached)
    expect(answer.status).toBe(203)
    expect(answer.headers.get('cache-control')).toBe('private')
    expect(answer.headers.get('etag')).toBe('"x"')
  })

  test("present a handler's OAuthError, and throw anything else on", async () => {
    const profile = protectedProfile()
    const token = await profile.token()
    const fail = async (error: Error) =>
      profile.answer(profile.request({ token, proof: await profile.proof(token) }), {}, () =>
        Promise.reject(error),
      )
    const unavailable = new OAuthError('temporarily_unavailable', 'store.available', 'try again')
    expect((await fail(unavailable)).status).toBe(503)
    await expect(fail(new RangeError('a mistake'))).rejects.toThrow(RangeError)
  })
})

test('every decision is reported once', async () => {
  const decisions: Decision[] = []
  const profile = protectedProfile({ onDecision: (decision) => decisions.push(decision) })
  const token = await profile.token()
  await profile.send({ token, proof: await profile.proof(token) })
  await profile.send({ token, proof: await profile.proof(token, { nonce: 'unknown' }) })
  await profile.send({ token, scheme: 'Bearer' })
  expect(decisions.map(({ outcome }) => outcome)).toEqual(['accepted', 'challenged', 'rejected'])
  expect(decisions[0]).toMatchObject({
    access: { subject: 'alice', clientId: 'web' },
    request: { url: resource },
  })
  expect(decisions[2]).toMatchObject({ error: { reason: 'scheme.match' } })
})

describe('revocation', () => {
  requirement(
    ['S-017', 'FAPI-04'],
    'is asked after the signature, for our own tokens alone, and refuses before binding and scope',
    async () => {
      const asked: string[] = []
      const isRevoked = async (token: string) => asked.push(token) > 0
      const profile = protectedProfile({ isRevoked })
      const token = await profile.token({ claims: { scope: 'none' } })
      const [forged, good] = [`${token.slice(0, -8)}AAAAAAAA`, token]
      expect(await profile.send({ token: forged, proof: await profile.proof(forged) })).toMatchObject({
        check: 'token.valid',
      })
      expect(asked).toEqual([])
      expect(await profile.send({ token: good, proof: await profile.proof(good) })).toMatchObject({
        status: 401,
        check: 'token.valid',
        body: { error: 'invalid_token' },
      })
      expect(asked).toEqual([good])
      expect(profile.spent()).toBe(0)
    },
  )
})

describe('opaque tokens', () => {
  const claims = { client_id: 'web', sub: 'alice', aud: resource, exp: 1_767_225_700, scope: 'profile' }
  const open = (answer: object) => {
    const ask = async () => ({ active: true as const, ...claims, ...answer })
    return protectedProfile({ opaqueTokens: { ask, isRevoked: async () => false } })
  }

  requirement(
    ['DPOP-6-01', 'DPOP-6.2-01'],
    'are judged by what introspection says, binding included',
    async () => {
      const token = 'at_opaque'
      const bound = open({ cnf: { jkt: 'otherKeyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'.slice(0, 43) } })
      expect(await bound.send({ token, proof: await bound.proof(token) })).toMatchObject({
        check: 'jkt.match',
      })
      const unbound = open({})
      expect(await unbound.send({ token, proof: await unbound.proof(token) })).toMatchObject({
        check: 'scheme.match',
      })
      const { cnf } = (await unbound.token().then((jwt) => JSON.parse(atob(jwt.split('.')[1] ?? '')))) as {
        cnf: object
      }
      const good = open({ cnf })
      expect((await good.send({ token, proof: await good.proof(token) })).status).toBe(200)
      for (const dotted of ['v1.opaque', 'v1.local.opaque.footer'])
        expect((await good.send({ token: dotted, proof: await good.proof(dotted) })).status).toBe(200)
      good.clock.advance(100)
      expect(await good.send({ token, proof: await good.proof(token) })).toMatchObject({
        check: 'token.valid',
      })
      const elsewhere = open({ cnf, aud: 'https://other.example' })
      expect(await elsewhere.send({ token, proof: await elsewhere.proof(token) })).toMatchObject({
        check: 'token.valid',
      })
    },
  )
})
