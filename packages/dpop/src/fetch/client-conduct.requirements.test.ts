import { fixedClock, requirement, testKeys } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import { decoded } from '../../test/decoded.ts'
import { sha256 } from '../../test/judged.ts'
import { createNonceCache, dpopFetch, exportPrivateJwk, generateKey, signerFromJwk } from '../client.ts'

const key = await signerFromJwk(testKeys.ES256.privateJwk)
const api = 'https://api.example/profile'
const as = 'https://as.example/token'

/** A server that answers with these responses in turn, and what it got. */
function serverOf(...answers: (() => Response)[]) {
  const requests: Request[] = []
  const fetch = async (input: RequestInfo | URL) => {
    requests.push(input as Request)
    const answer = answers[Math.min(requests.length, answers.length) - 1]
    return answer?.() ?? new Response()
  }
  const proofs = () => requests.map((request) => decoded(request.headers.get('dpop') ?? ''))
  return { fetch, requests, proofs }
}

const ok =
  (headers: HeadersInit = {}) =>
  () =>
    new Response('{}', { headers })
const wanted =
  (nonce: string, status = 401) =>
  () =>
    new Response(JSON.stringify({ error: 'use_dpop_nonce' }), {
      status,
      headers: {
        'content-type': 'application/json',
        'dpop-nonce': nonce,
        'www-authenticate':
          'Bearer realm="x", DPoP realm="y", error="use_dpop_nonce", later_rfc="z", algs="ES256"',
      },
    })

describe('a request', () => {
  requirement(
    ['DPOP-7-01', 'DPOP-7.1-01', 'DPOP-7.1-15', 'DPOP-7.2-07'],
    'carries proof and token, the token under Authorization: DPoP, never as Bearer and never for a proxy',
    async () => {
      const { fetch, requests, proofs } = serverOf(ok())
      await dpopFetch(api, { key, nonces: createNonceCache(), fetch, accessToken: 'the.token' })
      const { headers } = requests[0] ?? new Request(api)
      expect(headers.get('authorization')).toBe('DPoP the.token')
      expect(headers.get('proxy-authorization')).toBeNull()
      expect(proofs()[0]?.payload).toMatchObject({ htm: 'GET', htu: api, ath: sha256('the.token') })
    },
  )

  requirement(
    ['DPOP-4-01', 'DPOP-7.3-01', 'B-010'],
    'that is made again has a new proof: after 429, 5xx, a redirect and a broken connection',
    async () => {
      const statuses = [429, 503, 500]
      const nonces = createNonceCache()
      const { fetch, proofs } = serverOf(
        ...statuses.map((status) => () => new Response(null, { status })),
        () => {
          throw new TypeError('fetch failed')
        },
        () => new Response(null, { status: 307, headers: { location: '/elsewhere' } }),
        ok(),
      )
      for (let i = 0; i < 5; i++) await dpopFetch(api, { key, nonces, fetch }).catch(() => undefined)
      const made = proofs()
      expect(made).toHaveLength(6)
      expect(new Set(made.map(({ payload }) => payload.jti)).size).toBe(6)
      expect(made[5]?.payload.htu).toBe('https://api.example/elsewhere')
    },
  )
})

describe('a nonce', () => {
  requirement(
    ['DPOP-8-06', 'DPOP-9-02', 'DPOP-7.1-13', 'B-010'],
    'that is asked for is sent in a new proof, once, wherever the challenge stands and whatever else it says',
    async () => {
      const clock = fixedClock()
      const { fetch, proofs } = serverOf(() => {
        clock.advance(3)
        return wanted('n-1')()
      }, ok())
      const options = { key, nonces: createNonceCache(), fetch, clock: clock.now }
      expect((await dpopFetch(api, { ...options, accessToken: 'x' })).status).toBe(200)
      const [first, second] = proofs()
      expect(first?.payload).not.toHaveProperty('nonce')
      expect(second?.payload.nonce).toBe('n-1')
      expect(second?.payload.jti).not.toBe(first?.payload.jti)
      expect(second?.payload.iat).toBe(Number(first?.payload.iat) + 3)
    },
  )

  requirement('B-011', 'that never satisfies is tried once, then the refusal is returned', async () => {
    let count = 0
    const { fetch, requests } = serverOf(() => wanted(`n-${++count}`)())
    const response = await dpopFetch(api, { key, nonces: createNonceCache(), fetch })
    expect([response.status, requests.length]).toEqual([401, 2])
  })

  requirement(
    ['DPOP-8.2-01', 'DPOP-8.2-03', 'DPOP-4.2-13', 'DPOP-8-07', 'DPOP-9-03'],
    'is used until another comes, and another may come with any answer, of the retry too',
    async () => {
      const nonces = createNonceCache()
      const { fetch, proofs } = serverOf(
        wanted('n-1', 400),
        ok({ 'dpop-nonce': 'n-2' }),
        ok(),
        ok({ 'dpop-nonce': '!#~[]' }),
        ok(),
        ok(),
      )
      for (let i = 0; i < 5; i++) await dpopFetch(as, { key, nonces, fetch, init: { method: 'POST' } })
      expect(proofs().map(({ payload }) => payload.nonce)).toEqual([
        undefined,
        'n-1',
        'n-2',
        'n-2',
        '!#~[]',
        '!#~[]',
      ])
    },
  )

  requirement(
    ['DPOP-9-04', 'DPOP-8-10', 'DPOP-9-05'],
    'goes to the server that gave it and to no other, and a request without one heals in a round trip',
    async () => {
      const nonces = createNonceCache()
      const { fetch, requests, proofs } = serverOf(
        ok({ 'dpop-nonce': 'of-the-as' }),
        wanted('of-the-api'),
        ok(),
        ok(),
      )
      const options = { key, nonces, fetch }
      await dpopFetch(as, { ...options, init: { method: 'POST', body: 'nonce=of-openid' } })
      await dpopFetch(api, options)
      await dpopFetch(as, { ...options, init: { method: 'POST' } })
      expect(requests.map(({ url }) => new URL(url).hostname)).toEqual([
        'as.example',
        'api.example',
        'api.example',
        'as.example',
      ])
      expect(proofs().map(({ payload }) => payload.nonce)).toEqual([
        undefined,
        undefined,
        'of-the-api',
        'of-the-as',
      ])
    },
  )
})

requirement(
  'DPOP-11.4-01',
  'a key is made so that it cannot leave its place, unless that is asked for',
  async () => {
    await expect(exportPrivateJwk(await generateKey('ES256'))).rejects.toThrow(TypeError)
    expect((await exportPrivateJwk(await generateKey('ES256', { extractable: true }))).d).toBeTruthy()
    expect(JSON.stringify(await generateKey('ES256', { extractable: true }))).not.toContain('"d"')
  },
)
