import { describe, expect, test } from 'vitest'
import { errorCodeOf } from './error-code.ts'
import { createNonceCache } from './nonce-cache.ts'

const challenge = (value: string, status = 401) =>
  new Response(null, { status, headers: { 'www-authenticate': value } })
const json = (text: string, status = 400, type = 'application/json') =>
  new Response(text, { status, headers: { 'content-type': type } })

describe('errorCodeOf', () => {
  test('reads the DPoP challenge wherever it stands, and no other scheme', async () => {
    expect(await errorCodeOf(challenge('Bearer error="invalid_token", dpop error=use_dpop_nonce'))).toBe(
      'use_dpop_nonce',
    )
    expect(await errorCodeOf(challenge('DPoP algs="ES256", DPoP error="invalid_token"'))).toBe(
      'invalid_token',
    )
    expect(await errorCodeOf(challenge('Bearer error="use_dpop_nonce"'))).toBeUndefined()
    expect(await errorCodeOf(challenge('DPoP realm="error=\\"use_dpop_nonce\\""'))).toBeUndefined()
  })

  test('reads the JSON of a 400 or 401 and leaves the response readable', async () => {
    const response = json('{"error":"use_dpop_nonce"}')
    expect(await errorCodeOf(response)).toBe('use_dpop_nonce')
    expect(await response.json()).toEqual({ error: 'use_dpop_nonce' })
    expect(await errorCodeOf(json('{"error":"x"}', 401, 'application/problem+json; charset=utf-8'))).toBe('x')
  })

  test.each([
    ['another status', json('{"error":"x"}', 403)],
    ['a success', json('{"error":"x"}', 200)],
    ['another type', json('{"error":"x"}', 400, 'text/html')],
    ['no JSON', json('{"error"')],
    ['no object', json('null')],
    ['no error', json('{"message":"x"}')],
    ['an error that is no string', json('{"error":1}')],
    ['an endless error', json(`{"error":"x","y":"${'y'.repeat(20_000)}"}`)],
    ['no body', new Response(null, { status: 400, headers: { 'content-type': 'application/json' } })],
  ])('finds none in %s', async (_, response) => expect(await errorCodeOf(response)).toBeUndefined())
})

test('a nonce cache is bounded and lets the oldest go', () => {
  const nonces = createNonceCache()
  for (let index = 0; index < 1001; index++) {
    nonces.set(`https://${index}.example`, 'n')
    nonces.set('https://0.example', 'newer')
  }
  expect(nonces.get('https://0.example')).toBe('newer')
  expect(nonces.get('https://1.example')).toBeUndefined()
  expect(nonces.get('https://2.example')).toBe('n')
})
