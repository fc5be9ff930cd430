import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { nonceChallenge, ok, serverUnderTest } from '../../test/server-under-test.ts'
import { signerFromJwk } from '../key/signer.ts'
import { dpopFetch } from './dpop-fetch.ts'
import { createNonceCache } from './nonce-cache.ts'

const key = await signerFromJwk(testKeys.ES256.privateJwk)
const url = 'https://as.example/token'

function stream(text: string): ReadableStream {
  return new Response(text).body as ReadableStream
}

function call(server: ReturnType<typeof serverUnderTest>, input: Request | string, init?: RequestInit) {
  return dpopFetch(input, { key, nonces: createNonceCache(), fetch: server.fetch, init })
}

describe('a body', () => {
  const bodies: [string, () => BodyInit][] = [
    ['text', () => 'abc'],
    ['bytes', () => new TextEncoder().encode('abc')],
    ['a buffer', () => new TextEncoder().encode('abc').buffer],
    ['a blob', () => new Blob(['abc'])],
  ]
  test.each(bodies)('of %s is sent again', async (_, body) => {
    const server = serverUnderTest(nonceChallenge('n'), ok())
    await call(server, url, { method: 'POST', body: body() })
    expect(server.received.map((request) => request.body)).toEqual(['abc', 'abc'])
  })

  test('of form data is sent again under the same boundary', async () => {
    const form = new FormData()
    form.set('a', 'b')
    const server = serverUnderTest(nonceChallenge('n'), ok())
    await call(server, url, { method: 'POST', body: form })
    const [first, second] = server.received
    expect(first?.body).toBe(second?.body)
    expect(second?.body).toContain(second?.headers.get('content-type')?.split('boundary=')[1])
  })

  test('of a Request is sent again, and uses the Request up as fetch does', async () => {
    const request = new Request(url, { method: 'POST', body: 'abc', headers: { 'x-mine': '1' } })
    const server = serverUnderTest(nonceChallenge('n'), ok())
    await call(server, request)
    expect(server.received.map(({ body, headers }) => [body, headers.get('x-mine')])).toEqual([
      ['abc', '1'],
      ['abc', '1'],
    ])
    await expect(call(server, request)).rejects.toMatchObject({ name: 'DpopFetchError', reason: 'body.once' })
  })

  test('that is a stream is sent once, and the error says what to do when it would be needed twice', async () => {
    const content = serverUnderTest(ok())
    await call(content, url, { method: 'POST', body: stream('abc') })
    expect(content.received[0]?.body).toBe('abc')

    for (const answer of [
      nonceChallenge('n'),
      new Response(null, { status: 307, headers: { location: '/other' } }),
    ]) {
      const asking = serverUnderTest(answer, ok())
      const failure = await call(asking, url, { method: 'POST', body: stream('abc') }).catch(
        (error: unknown) => error,
      )
      expect(failure).toMatchObject({ name: 'DpopFetchError', reason: 'body.once' })
      expect(failure).not.toBeInstanceOf(TypeError)
      expect(String(failure)).toContain('give text or bytes')
      expect(asking.received).toHaveLength(1)
    }
  })

  test('that is an async iterable counts as a stream', async () => {
    async function* parts() {
      yield new TextEncoder().encode('abc')
    }
    const server = serverUnderTest(ok())
    await call(server, url, { method: 'POST', body: parts() as unknown as BodyInit })
    expect(server.received[0]?.body).toBe('abc')
  })

  test('may be absent', async () => {
    const server = serverUnderTest(nonceChallenge('n'), ok())
    await call(server, url, { method: 'DELETE' })
    expect(server.received.map(({ method, body }) => [method, body])).toEqual([
      ['DELETE', ''],
      ['DELETE', ''],
    ])
  })
})

test('what else the caller set stays set, except that redirects are ours to follow', async () => {
  let seen: Request | undefined
  const keep = (async (request: Request) => {
    seen = request
    return ok()
  }) as typeof fetch
  const init: RequestInit = {
    credentials: 'include',
    cache: 'no-store',
    referrerPolicy: 'origin',
    keepalive: true,
    mode: 'same-origin',
  }
  await dpopFetch(url, { key, nonces: createNonceCache(), fetch: keep, init })
  expect(seen).toMatchObject({ ...init, redirect: 'manual' })
})
