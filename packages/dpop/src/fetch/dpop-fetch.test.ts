import { requirement, testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { nonceChallenge, ok, serverUnderTest } from '../../test/server-under-test.ts'
import { signerFromJwk } from '../key/signer.ts'
import { accessTokenHash } from '../proof/access-token-hash.ts'
import { type Attempt, dpopFetch } from './dpop-fetch.ts'
import { createNonceCache } from './nonce-cache.ts'

const key = await signerFromJwk(testKeys.ES256.privateJwk)
const url = 'https://rs.example/api/profile'
const clock = () => 1_800_000_000

function client(server: ReturnType<typeof serverUnderTest>) {
  return { key, nonces: createNonceCache(), fetch: server.fetch, clock }
}

describe('dpopFetch', () => {
  requirement(
    ['DPOP-7-01', 'DPOP-7-02', 'DPOP-7.1-01', 'DPOP-5-01', 'DPOP-5-03'],
    'sends the token under the DPoP scheme with a proof made for this request and token',
    async () => {
      const server = serverUnderTest(ok())
      const response = await dpopFetch(`${url}?page=2`, {
        ...client(server),
        accessToken: 'abc',
        init: { method: 'PATCH', body: 'x' },
      })
      expect(await response.text()).toBe('ok')
      const [request] = server.received
      expect(request?.headers.get('authorization')).toBe('DPoP abc')
      expect(request?.proof).toMatchObject({
        htm: 'PATCH',
        htu: url,
        iat: clock(),
        ath: await accessTokenHash('abc'),
      })
      expect([request?.method, request?.url, request?.body]).toEqual(['PATCH', `${url}?page=2`, 'x'])
    },
  )

  test('without a token it leaves client authentication alone', async () => {
    const server = serverUnderTest(ok())
    await dpopFetch(url, {
      ...client(server),
      init: { headers: { authorization: 'Basic YTpi', dpop: 'mine' } },
    })
    expect(server.received[0]?.headers.get('authorization')).toBe('Basic YTpi')
    expect(server.received[0]?.proof).not.toHaveProperty('ath')
  })

  for (const at of ['resource', 'token endpoint'] as const) {
    requirement(
      ['DPOP-8-06', 'DPOP-4.2-13', 'DPOP-7.3-01', 'DPOP-4-01'],
      `answers the nonce challenge of a ${at} with one new proof`,
      async () => {
        const server = serverUnderTest(nonceChallenge('n-1', at), ok())
        const response = await dpopFetch(url, {
          ...client(server),
          init: { method: 'POST', body: new URLSearchParams({ a: 'b c' }) },
        })
        expect(response.status).toBe(200)
        const [first, second] = server.received
        expect([first?.proof.nonce, second?.proof.nonce]).toEqual([undefined, 'n-1'])
        expect(second?.proof.jti).not.toBe(first?.proof.jti)
        expect([first?.body, second?.body]).toEqual(['a=b+c', 'a=b+c'])
        expect(second?.headers.get('content-type')).toContain('application/x-www-form-urlencoded')
      },
    )
  }

  requirement(
    ['DPOP-8.2-01', 'DPOP-8.2-03', 'DPOP-8.2-02', 'DPOP-9-03'],
    'uses a nonce from any response, the retry and 2xx included, for all that follow',
    async () => {
      const server = serverUnderTest(
        nonceChallenge('n-1'),
        ok({ 'dpop-nonce': 'n-2' }),
        ok(),
        ok({ 'dpop-nonce': 'n-3' }),
        new Response(null, { status: 500, headers: { 'dpop-nonce': 'n-4' } }),
        ok(),
      )
      const options = client(server)
      for (let call = 0; call < 5; call++) await dpopFetch(url, options)
      expect(server.received.map(({ proof }) => proof.nonce)).toEqual([
        undefined,
        'n-1',
        'n-2',
        'n-2',
        'n-3',
        'n-4',
      ])
    },
  )

  test('tries once more for a fresh nonce and never again: a server that is never content gets its last answer returned', async () => {
    let count = 0
    const server = serverUnderTest(() => nonceChallenge(`n-${++count}`))
    const options = client(server)
    const response = await dpopFetch(url, options)
    expect([response.status, server.received.length]).toEqual([401, 2])
    expect(options.nonces.get('https://rs.example')).toBe('n-2')
  })

  test('does not try again with the nonce that was just refused, or with none', async () => {
    const same = serverUnderTest(nonceChallenge('n-1'))
    const options = client(same)
    options.nonces.set('https://rs.example', 'n-1')
    expect((await dpopFetch(url, options)).status).toBe(401)
    expect(same.received).toHaveLength(1)

    const none = serverUnderTest(
      new Response(null, { status: 401, headers: { 'www-authenticate': 'DPoP error="use_dpop_nonce"' } }),
    )
    await dpopFetch(url, client(none))
    expect(none.received).toHaveLength(1)
  })

  test('another error with a nonce is no reason to try again', async () => {
    for (const error of ['invalid_token', 'invalid_dpop_proof']) {
      const headers = {
        'www-authenticate': `DPoP error="${error}", error_description="use_dpop_nonce"`,
        'dpop-nonce': 'n',
      }
      const server = serverUnderTest(new Response(null, { status: 401, headers }))
      await dpopFetch(url, client(server))
      expect(server.received).toHaveLength(1)
    }
    const wrongStatus = serverUnderTest(
      Response.json({ error: 'use_dpop_nonce' }, { status: 200, headers: { 'dpop-nonce': 'n' } }),
    )
    await dpopFetch(url, client(wrongStatus))
    expect(wrongStatus.received).toHaveLength(1)
  })

  requirement(
    ['DPOP-9-04', 'DPOP-8-10'],
    'keeps one nonce per origin and never shows it to another',
    async () => {
      const server = serverUnderTest(({ url }) =>
        ok({ 'dpop-nonce': `of ${new URL(url).port}`.replace(' ', '-') }),
      )
      const options = client(server)
      for (const port of [4000, 4001, 4000, 4001]) await dpopFetch(`http://127.0.0.1:${port}/`, options)
      await dpopFetch('https://127.0.0.1:4000/', options)
      expect(server.received.map(({ proof }) => proof.nonce)).toEqual([
        undefined,
        undefined,
        'of-4000',
        'of-4001',
        undefined,
      ])
    },
  )

  test('does not adopt two nonces in one field, or what is no nonce', async () => {
    for (const value of ['a, b', 'a b', '"a"', 'x'.repeat(1025), '']) {
      const server = serverUnderTest(ok({ 'dpop-nonce': value }))
      const options = client(server)
      await dpopFetch(url, options)
      expect(options.nonces.get('https://rs.example')).toBeUndefined()
    }
  })

  test('parallel first calls share one challenge', async () => {
    let open = 0
    const server = serverUnderTest(async ({ proof }) => {
      open++
      await new Promise((done) => setTimeout(done, 2))
      return proof.nonce === undefined ? nonceChallenge('n-1') : ok()
    })
    const options = client(server)
    const responses = await Promise.all(Array.from({ length: 10 }, () => dpopFetch(url, options)))
    expect(responses.every(({ status }) => status === 200)).toBe(true)
    expect([open, server.received.filter(({ proof }) => proof.nonce === undefined).length]).toEqual([11, 1])
    expect(new Set(server.received.map(({ proof }) => proof.jti)).size).toBe(11)
  })

  test('a first call that fails holds nobody up', async () => {
    let calls = 0
    const server = serverUnderTest(() => {
      if (++calls === 1) throw new TypeError('network')
      return ok()
    })
    const options = client(server)
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => dpopFetch(url, options)))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  })

  test('who waits for the first call to be answered can give up', async () => {
    const server = serverUnderTest(() => new Promise<Response>(() => undefined))
    const options = client(server)
    void dpopFetch(url, options)
    const given = new AbortController()
    const second = dpopFetch(url, { ...options, init: { signal: given.signal } })
    given.abort(new RangeError('no longer wanted'))
    await expect(second).rejects.toThrow(RangeError)
    await expect(dpopFetch(url, { ...options, init: { signal: AbortSignal.abort() } })).rejects.toMatchObject(
      { name: 'AbortError' },
    )
  })

  test('after the first answer calls go at once, also where the server gives no nonces', async () => {
    let open = 0
    let release = (): void => undefined
    const fiveAreOpen = new Promise<void>((resolve) => {
      release = resolve
    })
    const server = serverUnderTest(ok(), async () => {
      if (++open === 5) release()
      await fiveAreOpen
      return ok()
    })
    const options = client(server)
    await Promise.all(Array.from({ length: 6 }, () => dpopFetch(url, options)))
    expect(open).toBe(5)
  })

  test('tells of every attempt, with what went over the wire and a body to read', async () => {
    const attempts: Attempt[] = []
    const server = serverUnderTest(nonceChallenge('n-1', 'token endpoint'), ok())
    const onAttempt = async (attempt: Attempt) => {
      await attempt.response.text()
      attempts.push(attempt)
    }
    const response = await dpopFetch(url, { ...client(server), onAttempt, accessToken: 'abc' })
    expect(await response.text()).toBe('ok')
    expect(attempts.map(({ number, method, url, status }) => ({ number, method, url, status }))).toEqual([
      { number: 1, method: 'GET', url, status: 400 },
      { number: 2, method: 'GET', url, status: 200 },
    ])
    expect(attempts[1]?.proof).toBe(server.received[1]?.headers.get('dpop'))
    expect(attempts[1]?.requestHeaders.get('authorization')).toBe('DPoP abc')
    expect(attempts[0]?.responseHeaders.get('dpop-nonce')).toBe('n-1')
  })

  test('what fetch rejects with comes through, an abort included', async () => {
    const server = serverUnderTest(ok())
    await expect(
      dpopFetch(url, { ...client(server), init: { signal: AbortSignal.abort() } }),
    ).rejects.toThrow(/abort/i)
  })

  test('a relative URL is a TypeError where there is no page that it could be relative to', async () => {
    await expect(dpopFetch('/relative', client(serverUnderTest(ok())))).rejects.toThrow(TypeError)
  })
})
