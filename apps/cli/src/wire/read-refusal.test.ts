import { expect, test } from 'vitest'
import { readRefusal } from './read-refusal.ts'

test('reads the check id from a challenge, also where another scheme stands first', async () => {
  const challenge =
    'Bearer realm="api", DPoP error="invalid_token", error_description="jkt.match: The key differs", algs="ES256"'
  const response = new Response(null, { status: 401, headers: { 'www-authenticate': challenge } })
  expect(await readRefusal(response)).toEqual({
    error: 'invalid_token',
    reason: 'jkt.match',
    sentence: 'The key differs',
  })
})

test('reads the check id from the JSON of the authorization server', async () => {
  const body = { error: 'use_dpop_nonce', error_description: 'nonce.match: A nonce is required' }
  expect(await readRefusal(Response.json(body, { status: 400 }))).toMatchObject({
    error: 'use_dpop_nonce',
    reason: 'nonce.match',
  })
})

test('says nothing about a success, and no more than there is about a foreign error', async () => {
  expect(await readRefusal(new Response('fine'))).toBeUndefined()
  expect(await readRefusal(new Response('<h1>Bad gateway</h1>', { status: 502 }))).toEqual({
    error: '',
    reason: '',
    sentence: '',
  })
})
