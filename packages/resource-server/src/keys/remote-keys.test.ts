import { fixedClock, requirement, testKeys } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { jwks } from '../../test/test-issuer.ts'
import { remoteKeys } from './remote-keys.ts'

const other = { keys: [{ ...testKeys.otherES256.publicJwk, kid: 'as-2' }] }

/** Keys behind a fetch that answers what `reply` holds at the moment; undefined is an issuer that is down. */
function open() {
  const clock = fixedClock()
  const state: { reply: (() => Response | Promise<Response>) | undefined; asked: RequestInit[] } = {
    reply: () => Response.json(jwks),
    asked: [],
  }
  const send = async (_url: unknown, init?: RequestInit) => {
    state.asked.push(init ?? {})
    if (!state.reply) throw new TypeError('fetch failed')
    return state.reply()
  }
  const keys = remoteKeys({
    jwksUri: 'https://as.example/jwks',
    clock: clock.now,
    fetch: send as typeof fetch,
  })
  const kid = async (wanted: string) => (await keys.current()).find({ alg: 'ES256', kid: wanted })?.kid
  return { clock, state, keys, kid, asked: () => state.asked.length }
}

test('fetches once for all who ask at first, and follows no redirect (OPS-34)', async () => {
  const { kid, state, asked } = open()
  expect(await Promise.all([kid('as-1'), kid('as-1'), kid('as-1')])).toEqual(['as-1', 'as-1', 'as-1'])
  expect(asked()).toBe(1)
  expect(state.asked[0]).toMatchObject({ redirect: 'error' })
  expect(state.asked[0]?.signal).toBeInstanceOf(AbortSignal)
})

requirement('I-014', 'fetches again at 300 s at the latest, in the background before that', async () => {
  const { clock, state, keys, kid, asked } = open()
  await kid('as-1')
  state.reply = () => Response.json(other)
  clock.advance(239)
  expect(await kid('as-1')).toBe('as-1')
  expect(asked()).toBe(1)
  clock.advance(1)
  expect(await kid('as-1')).toBe('as-1')
  expect(asked()).toBe(2)
  await keys.renewed()
  expect(await kid('as-2')).toBe('as-2')
  clock.advance(300)
  state.reply = () => Response.json(jwks)
  expect(await kid('as-1')).toBe('as-1')
})

requirement(
  'S-013',
  'asks again for an unknown kid, but not more often than the cool-down allows',
  async () => {
    const { clock, state, keys, kid, asked } = open()
    await kid('as-1')
    for (let i = 0; i < 1000; i++) await keys.renewed()
    expect(asked()).toBe(1)
    clock.advance(10)
    state.reply = () => Response.json(other)
    await Promise.all(Array.from({ length: 100 }, () => keys.renewed()))
    expect(asked()).toBe(2)
    expect(await kid('as-2')).toBe('as-2')
    expect(await kid('as-1')).toBeUndefined()
  },
)

requirement('S-033', 'serves the last keys while the issuer is down, then nobody, and recovers', async () => {
  const { clock, state, kid, asked } = open()
  await kid('as-1')
  state.reply = undefined
  for (let age = 0; age < 890; age += 10) {
    clock.advance(10)
    expect(await kid('as-1')).toBe('as-1')
  }
  expect(asked()).toBeLessThanOrEqual(90)
  clock.advance(10)
  await expect(kid('as-1')).rejects.toMatchObject({
    code: 'temporarily_unavailable',
    reason: 'keys.available',
  })
  state.reply = () => Response.json(jwks)
  clock.advance(10)
  expect(await kid('as-1')).toBe('as-1')
})

test('without any keys yet it answers 503 and tries again after a second', async () => {
  const { clock, state, kid, asked } = open()
  state.reply = undefined
  await expect(kid('as-1')).rejects.toMatchObject({ reason: 'keys.available' })
  await expect(kid('as-1')).rejects.toMatchObject({ reason: 'keys.available' })
  expect(asked()).toBe(1)
  state.reply = () => Response.json(jwks)
  clock.advance(1)
  expect(await kid('as-1')).toBe('as-1')
})

test.each([
  ['a server error', () => new Response('no', { status: 500 })],
  ['a redirect', () => new Response(null, { status: 302, headers: { location: 'https://evil.example' } })],
  ['no JSON', () => new Response('<html>')],
  ['no JWK set', () => Response.json({ keys: 'none' })],
  ['more than 64 KB', () => Response.json({ ...jwks, padding: 'x'.repeat(70_000) })],
])('an answer that is %s leaves the keys as they are', async (_, reply) => {
  const { clock, state, kid } = open()
  await kid('as-1')
  state.reply = reply
  clock.advance(301)
  expect(await kid('as-1')).toBe('as-1')
})

test('nobody waits for an issuer that is down when there are keys', async () => {
  const { clock, state, kid } = open()
  await kid('as-1')
  state.reply = undefined
  clock.advance(301)
  await kid('as-1')
  state.reply = () => new Promise(() => {})
  clock.advance(30)
  expect(await kid('as-1')).toBe('as-1')
})
