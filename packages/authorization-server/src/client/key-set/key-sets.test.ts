import { fixedClock, testKeys } from '@keybound/testkit'
import type { JWK } from 'jose'
import { expect, test, vi } from 'vitest'
import { createKeySets } from './key-sets.ts'

const old: readonly JWK[] = [{ ...testKeys.ES256.publicJwk, kid: 'old' }]
const fresh: readonly JWK[] = [{ ...testKeys.otherES256.publicJwk, kid: 'fresh' }]
const uri = 'https://app.example/jwks'

function opened() {
  const clock = fixedClock()
  const fetch = vi.fn(async (_: string) => old)
  return { clock, fetch, sets: createKeySets(fetch, clock.now) }
}

const anyKey = () => true
const noKey = () => false

test('fetches a set once for many who ask at once, and again when it is no longer young', async () => {
  const { clock, fetch, sets } = opened()
  const all = await Promise.all(Array.from({ length: 50 }, () => sets.find(uri, anyKey)))
  expect(all.every((keys) => keys === old)).toBe(true)
  clock.advance(299)
  await sets.find(uri, anyKey)
  expect(fetch).toHaveBeenCalledTimes(1)
  fetch.mockResolvedValue(fresh)
  clock.advance(2)
  expect(await sets.find(uri, anyKey)).toBe(fresh)
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('looks again for a key that is not there, once per cool-down', async () => {
  const { clock, fetch, sets } = opened()
  await sets.find(uri, noKey)
  for (let i = 0; i < 100; i++) await sets.find(uri, noKey)
  expect(fetch).toHaveBeenCalledTimes(1)
  fetch.mockResolvedValue(fresh)
  clock.advance(30)
  expect(await sets.find(uri, (keys) => keys === fresh)).toBe(fresh)
  expect(fetch).toHaveBeenCalledTimes(2)
})

test('goes on with the old set while no new one can be had, for an hour', async () => {
  const { clock, fetch, sets } = opened()
  await sets.find(uri, anyKey)
  fetch.mockRejectedValue(new Error('down'))
  clock.advance(600)
  expect(await sets.find(uri, anyKey)).toBe(old)
  clock.advance(3000)
  expect(await sets.find(uri, anyKey)).toEqual([])
})

test('a set that cannot be fetched is tried again only after the cool-down', async () => {
  const { clock, fetch, sets } = opened()
  fetch.mockRejectedValue(new Error('down'))
  for (let i = 0; i < 10; i++) expect(await sets.find(uri, anyKey)).toEqual([])
  expect(fetch).toHaveBeenCalledTimes(1)
  fetch.mockResolvedValue(fresh)
  clock.advance(30)
  expect(await sets.find(uri, anyKey)).toBe(fresh)
})
