import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SigningKey, signJwt } from '@keybound/authorization-server'
import { remoteKeys, verifyAccessToken } from '@keybound/resource-server'
import { fixedClock, requirement } from '@keybound/testkit'
import type { JWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { memorySigningKeyStates } from '../../test/memory-tables.ts'
import { keyTimes } from './key-times.ts'
import { openSigningKeys } from './open-signing-keys.ts'
import { replaceSigningKeys, rotateSigningKeys } from './rotate-signing-keys.ts'

const issuer = 'https://as.example'
const api = 'https://api.example/api/profile'

async function opened(alg: SigningKey['alg'] = 'ES256') {
  const clock = fixedClock()
  const directory = join(await mkdtemp(join(tmpdir(), 'keybound-keys-')), 'keys')
  const options = { directory, states: memorySigningKeyStates(), clock: clock.now, alg }
  const keys = await openSigningKeys(options)
  return { clock, options, keys }
}

const kidsOf = (published: readonly JWK[]) => published.map(({ kid }) => kid)

/** A resource server with a key cache of its own, behind an HTTP cache that keeps the key set for 300 seconds. */
function resourceServer({ clock, keys }: Awaited<ReturnType<typeof opened>>) {
  let cached: { readonly text: string; readonly at: number } | undefined
  const fetch = async () => {
    if (!cached || clock.now() >= cached.at + 300) {
      cached = { text: JSON.stringify({ keys: await keys.publicKeys() }), at: clock.now() }
    }
    return new Response(cached.text)
  }
  const remote = remoteKeys({
    jwksUri: `${issuer}/jwks`,
    clock: clock.now,
    fetch: fetch as typeof globalThis.fetch,
  })
  return {
    dropHttpCache: () => (cached = undefined),
    verify: (token: string) =>
      verifyAccessToken(token, { issuer, audience: api, keys: remote, now: clock.now(), tolerance: 10 }),
  }
}

function tokenBy(key: SigningKey, now: number): Promise<string> {
  const iat = Math.floor(now)
  const whose = { iss: issuer, sub: 'alice', aud: api, client_id: 'web', scope: 'profile' }
  return signJwt(key, 'at+jwt', { ...whose, iat, exp: iat + 300, jti: crypto.randomUUID() })
}

requirement(
  ['I-014', 'S-014'],
  'no token fails while keys rotate: by command, by schedule, with caches in between',
  async () => {
    const server = await opened()
    const { clock, options, keys } = server
    const resource = resourceServer(server)
    const kids = new Set<string>()
    const tokens: { readonly token: string; readonly until: number }[] = []
    let verified = 0
    const passes = async (seconds: number, step: number) => {
      for (let passed = 0; passed < seconds; passed += step) {
        clock.advance(step)
        await rotateSigningKeys(options)
        const key = await keys.active('access token')
        kids.add(key.kid)
        tokens.push({ token: await tokenBy(key, clock.now()), until: clock.now() + 290 })
        while (tokens[0] && tokens[0].until < clock.now()) tokens.shift()
        for (const { token } of tokens) await resource.verify(token).then(() => verified++)
      }
    }
    await passes(600, 20)
    await rotateSigningKeys(options, 'now')
    await passes(keyTimes.publish + 900, 20)
    expect(kids.size).toBe(2)
    clock.advance(keyTimes.sign - 2 * keyTimes.publish)
    await passes(3 * keyTimes.publish, 60)
    expect(kids.size).toBe(3)
    expect(verified).toBeGreaterThan(1000)
  },
  60_000,
)

test('a new key is published, waits, signs; the old one stays for a day and is then gone with its file (OPS-21)', async () => {
  const { clock, options, keys } = await opened()
  const before = await keys.active('id token')
  expect(await rotateSigningKeys(options)).toEqual([])
  const begun = await rotateSigningKeys(options, 'now')
  expect(begun.map((step) => step.do)).toEqual(['generate', 'generate'])
  expect(await rotateSigningKeys(options, 'now')).toEqual([])
  clock.advance(5)
  expect(await keys.publicKeys()).toHaveLength(4)
  expect(await keys.active('id token')).toMatchObject({ kid: before.kid })

  clock.advance(keyTimes.publish)
  expect((await rotateSigningKeys(options)).map((step) => step.do)).toEqual(['activate', 'activate'])
  clock.advance(5)
  const after = await keys.active('id token')
  expect(after.kid).not.toBe(before.kid)
  expect(kidsOf(await keys.publicKeys())).toContain(before.kid)

  clock.advance(keyTimes.retired)
  expect((await rotateSigningKeys(options)).map((step) => step.do)).toEqual(['remove', 'remove'])
  clock.advance(5)
  expect(kidsOf(await keys.publicKeys())).not.toContain(before.kid)
  expect(await readdir(options.directory)).toHaveLength(2)
})

test('several processes that rotate at once agree on one active key for each purpose', async () => {
  const { clock, options } = await opened()
  const inState = (wanted: string) =>
    options.states.rows.filter(({ state }) => state === wanted).map(({ purpose }) => purpose)
  const everywhere = (reason: 'due' | 'now') =>
    Promise.all([1, 2, 3].map(() => rotateSigningKeys(options, reason)))
  await everywhere('now')
  expect(inState('next')).toHaveLength(6)
  await everywhere('due')
  expect(inState('next').sort()).toEqual(['access token', 'id token'])
  expect(await readdir(options.directory)).toHaveLength(4)
  clock.advance(keyTimes.publish)
  await everywhere('due')
  expect(inState('active').sort()).toEqual(['access token', 'id token'])
  expect(inState('next')).toEqual([])
})

requirement(
  ['OPS-21', 'S-014'],
  'an emergency: new keys sign at once, and nothing that any old one signed is accepted any more',
  async () => {
    const server = await opened()
    const { clock, options, keys } = server
    const resource = resourceServer(server)
    await rotateSigningKeys(options, 'now')
    const stolen = await tokenBy(await keys.active('access token'), clock.now())
    await resource.verify(stolen)

    await replaceSigningKeys(options)
    clock.advance(10)
    resource.dropHttpCache()
    const fresh = await tokenBy(await keys.active('access token'), clock.now())
    expect((await resource.verify(fresh)).subject).toBe('alice')
    await expect(resource.verify(stolen)).rejects.toMatchObject({ code: 'invalid_token' })
    expect(await keys.publicKeys()).toHaveLength(2)
  },
)

test('an emergency needs no old file: they may be deleted already, and are afterwards', async () => {
  const { clock, options } = await opened()
  for (const file of await readdir(options.directory)) await rm(join(options.directory, file))
  await replaceSigningKeys(options)
  expect(await readdir(options.directory)).toHaveLength(2)
  const again = await openSigningKeys(options)
  expect(await again.publicKeys()).toHaveLength(2)
  clock.advance(keyTimes.retired)
  const steps = await rotateSigningKeys(options)
  expect(steps.map((step) => step.do)).toEqual(['remove', 'remove'])
})

describe.each(['PS256', 'EdDSA'] as const)('with %s', (alg) => {
  test('keys sign, are published without private members, and replace those of another algorithm', async () => {
    const server = await opened('ES256')
    const { clock, keys } = server
    const options = { ...server.options, alg }
    await rotateSigningKeys(options)
    clock.advance(keyTimes.publish)
    await rotateSigningKeys(options)
    clock.advance(5)
    const key = await keys.active('access token')
    expect(key.alg).toBe(alg)
    const { subject } = await resourceServer(server).verify(await tokenBy(key, clock.now()))
    expect(subject).toBe('alice')
    for (const jwk of await keys.publicKeys()) expect(Object.keys(jwk)).not.toContain('d')
  })
})
