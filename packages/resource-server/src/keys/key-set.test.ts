import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { parseKeySet } from './key-set.ts'

const good = { ...testKeys.ES256.publicJwk, kid: 'good' }

describe('bad keys are ignored and hurt no good one', () => {
  test.each([
    ['null', null],
    ['text', 'key'],
    ['no kty', { kid: 'x' }],
    ['symmetric', { kty: 'oct', k: 'AAAA', kid: 'x' }],
    ['a type like a prototype member', { kty: 'constructor', kid: 'x' }],
    ['private members', { ...testKeys.ES256.privateJwk, kid: 'x' }],
    ['for encryption', { ...testKeys.otherES256.publicJwk, kid: 'x', use: 'enc' }],
    ['for signing only', { ...testKeys.otherES256.publicJwk, kid: 'x', key_ops: ['sign'] }],
    ['another curve', { ...testKeys.ES384.publicJwk, kid: 'x' }],
    ['off its curve', { ...testKeys.ES256.publicJwk, y: testKeys.otherES256.publicJwk.y, kid: 'x' }],
    ['RSA for RS256', { ...testKeys.PS256.publicJwk, alg: 'RS256', kid: 'x' }],
    ['a kid that is no text', { ...testKeys.otherES256.publicJwk, kid: 1 }],
  ])('%s', async (_, bad) => {
    const set = await parseKeySet({ keys: [bad, good] })
    expect(set.find({ alg: 'ES256', kid: 'good' })).toBeDefined()
    for (const alg of ['ES256', 'PS256', 'RS256', 'Ed25519', 'HS256'])
      expect(set.find({ alg, kid: 'x' })).toBeUndefined()
    expect(set.find({ alg: 'ES256' })?.kid).toBe('good')
  })
})

test('of two keys with one kid the first counts', async () => {
  const set = await parseKeySet({ keys: [good, { ...testKeys.otherES256.publicJwk, kid: 'good' }] })
  expect(set.find({ alg: 'ES256', kid: 'good' })?.identity).toContain(testKeys.ES256.publicJwk.x)
})

test('a key stays the same object from one document to the next, and only the same key', async () => {
  const first = await parseKeySet({ keys: [good] })
  const key = first.find({ alg: 'ES256', kid: 'good' })
  if (!key) throw new TypeError('no key')
  expect((await parseKeySet({ keys: [{ ...good, use: 'sig' }] }, first)).has(key)).toBe(true)
  expect(
    (await parseKeySet({ keys: [{ ...testKeys.otherES256.publicJwk, kid: 'good' }] }, first)).has(key),
  ).toBe(false)
  expect((await parseKeySet({ keys: [] }, first)).has(key)).toBe(false)
})

test.each([null, [], 'x', {}, { keys: {} }])('%j is no JWK set', async (document) => {
  await expect(parseKeySet(document)).rejects.toThrow(TypeError)
})

test('no more than fifty keys are looked at', async () => {
  const keys = [...Array.from({ length: 50 }, () => null), good]
  expect((await parseKeySet({ keys })).find({ alg: 'ES256', kid: 'good' })).toBeUndefined()
})

test('the headers of fifty tokens are kept', async () => {
  const set = await parseKeySet({ keys: [good] })
  for (let number = 0; number < 60; number++) set.keepHeader(`header ${number}`, { alg: 'ES256' })
  expect(set.headerOf('header 49')).toEqual({ alg: 'ES256' })
  expect(set.headerOf('header 50')).toBeUndefined()
})
