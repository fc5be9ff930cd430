import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { ok, serverUnderTest } from '../../test/server-under-test.ts'
import { signerFromJwk } from '../key/signer.ts'
import { dpopFetch } from './dpop-fetch.ts'
import { createNonceCache } from './nonce-cache.ts'

const key = await signerFromJwk(testKeys.ES256.privateJwk)

function redirect(status: number, location: string, headers: Record<string, string> = {}): Response {
  return new Response(null, { status, headers: { location, ...headers } })
}

function call(server: ReturnType<typeof serverUnderTest>, init: RequestInit = {}) {
  return dpopFetch('https://rs.example/old', {
    key,
    accessToken: 'abc',
    nonces: createNonceCache(),
    fetch: server.fetch,
    init,
  })
}

describe('a redirect', () => {
  test('to another origin takes neither token nor proof there: it is returned', async () => {
    for (const location of [
      'https://evil.test/',
      'http://rs.example/old',
      'https://rs.example:8443/',
      '//evil.test/',
      'https://rs.example@evil.test/',
      'data:,x',
      'http://[',
      'javascript:alert(1)',
    ]) {
      const server = serverUnderTest(redirect(307, location), ok())
      const response = await call(server)
      expect([response.status, response.headers.get('location'), server.received.length]).toEqual([
        307,
        location,
        1,
      ])
    }
  })

  test.each([301, 302, 303, 307, 308])(
    '%i within the origin is followed with a new proof for the new URL',
    async (status) => {
      const server = serverUnderTest(redirect(status, '../new?x=1', { 'dpop-nonce': 'n-1' }), ok())
      expect((await call(server)).status).toBe(200)
      const [first, second] = server.received
      expect(second?.url).toBe('https://rs.example/new?x=1')
      expect(second?.proof).toMatchObject({ htu: 'https://rs.example/new', htm: 'GET', nonce: 'n-1' })
      expect(second?.proof.jti).not.toBe(first?.proof.jti)
      expect(second?.headers.get('authorization')).toBe('DPoP abc')
    },
  )

  test('keeps or changes the method as fetch does, and drops the body with it', async () => {
    const outcomes: unknown[] = []
    for (const [status, method] of [
      [301, 'POST'],
      [302, 'POST'],
      [303, 'POST'],
      [303, 'PUT'],
      [307, 'POST'],
      [308, 'PATCH'],
      [302, 'PUT'],
      [303, 'HEAD'],
    ] as const) {
      const server = serverUnderTest(redirect(status, '/new'), ok())
      await call(server, {
        method,
        ...(method === 'HEAD' ? {} : { body: 'x', headers: { 'content-type': 'text/plain' } }),
      })
      const second = server.received[1]
      outcomes.push([
        status,
        method,
        second?.method,
        second?.proof.htm,
        second?.body,
        second?.headers.get('content-type'),
      ])
    }
    expect(outcomes).toEqual([
      [301, 'POST', 'GET', 'GET', '', null],
      [302, 'POST', 'GET', 'GET', '', null],
      [303, 'POST', 'GET', 'GET', '', null],
      [303, 'PUT', 'GET', 'GET', '', null],
      [307, 'POST', 'POST', 'POST', 'x', 'text/plain'],
      [308, 'PATCH', 'PATCH', 'PATCH', 'x', 'text/plain'],
      [302, 'PUT', 'PUT', 'PUT', 'x', 'text/plain'],
      [303, 'HEAD', 'HEAD', 'HEAD', '', null],
    ])
  })

  test('is followed five times and no more', async () => {
    const patient = serverUnderTest(
      ...Array.from({ length: 5 }, (_, index) => redirect(307, `/${index}`)),
      ok(),
    )
    expect((await call(patient)).status).toBe(200)
    const loop = serverUnderTest(redirect(302, '/old'))
    await expect(call(loop)).rejects.toMatchObject({ name: 'DpopFetchError', reason: 'redirect.loop' })
    expect(loop.received).toHaveLength(6)
  })

  test('is returned or refused when the caller says so, and an answer without Location is an answer', async () => {
    expect((await call(serverUnderTest(redirect(302, '/new')), { redirect: 'manual' })).status).toBe(302)
    await expect(call(serverUnderTest(redirect(302, '/new')), { redirect: 'error' })).rejects.toMatchObject({
      reason: 'redirect.refused',
    })
    expect(
      (await call(serverUnderTest(new Response(null, { status: 302 })), { redirect: 'error' })).status,
    ).toBe(302)
    expect(
      (await call(serverUnderTest(new Response(null, { status: 304, headers: { location: '/new' } }))))
        .status,
    ).toBe(304)
  })
})
