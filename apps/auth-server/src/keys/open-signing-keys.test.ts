import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fixedClock, requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { memorySigningKeyStates } from '../../test/memory-tables.ts'
import { openSigningKeys } from './open-signing-keys.ts'

async function opened() {
  const directory = join(await mkdtemp(join(tmpdir(), 'keybound-keys-')), 'keys')
  const options = {
    directory,
    states: memorySigningKeyStates(),
    clock: fixedClock().now,
    alg: 'ES256' as const,
  }
  return { ...options, keys: await openSigningKeys(options) }
}

test('the first start makes a key for each purpose, in files for this user alone (OPS-15, OPS-20)', async () => {
  const { keys, directory } = await opened()
  const access = await keys.active('access token')
  const id = await keys.active('id token')
  expect(access.kid).not.toBe(id.kid)
  expect((await stat(directory)).mode & 0o777).toBe(0o700)
  for (const { kid } of [access, id])
    expect((await stat(join(directory, `${kid}.json`))).mode & 0o777).toBe(0o600)
})

test('a second start finds them again and makes none', async () => {
  const { keys, ...options } = await opened()
  const again = await openSigningKeys(options)
  expect((await again.active('access token')).kid).toBe((await keys.active('access token')).kid)
  expect(await readdir(options.directory)).toHaveLength(2)
})

requirement(['OPS-22', 'I-013'], 'the public keys hold no private member, and each kid once', async () => {
  const { keys } = await opened()
  const jwks = await keys.publicKeys()
  for (const jwk of jwks)
    expect(Object.keys(jwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
  expect(new Set(jwks.map(({ kid }) => kid)).size).toBe(2)
})

requirement(['OPS-15', 'N-008'], 'a key file that others can read stops the start', async () => {
  const { keys, ...options } = await opened()
  const { kid } = await keys.active('id token')
  await chmod(join(options.directory, `${kid}.json`), 0o644)
  await expect(openSigningKeys(options)).rejects.toThrow('can be read by others')
})

test('a file that holds another key than its name says stops the start (OPS-21)', async () => {
  const { keys, ...options } = await opened()
  const [a, b] = [await keys.active('id token'), await keys.active('access token')]
  const other = await readFile(join(options.directory, `${b.kid}.json`))
  await writeFile(join(options.directory, `${a.kid}.json`), other)
  await expect(openSigningKeys(options)).rejects.toThrow('does not hold the key that its name says')
  await writeFile(join(options.directory, `${a.kid}.json`), '{"kty":')
  await expect(openSigningKeys(options)).rejects.toThrow('does not hold the key that its name says')
})

test('a file that is lost stops the start, and says what helps', async () => {
  const { keys, ...options } = await opened()
  await rm(join(options.directory, `${(await keys.active('id token')).kid}.json`))
  await expect(openSigningKeys(options)).rejects.toThrow(/cannot be read: .* keys:rotate -- --emergency/)
})

requirement('I-015', 'answers from memory while the database does not', async () => {
  const clock = fixedClock()
  const directory = join(await mkdtemp(join(tmpdir(), 'keybound-keys-')), 'keys')
  const states = memorySigningKeyStates()
  const keys = await openSigningKeys({ directory, states, clock: clock.now, alg: 'ES256' })
  states.list = () => Promise.reject(new Error('down'))
  clock.advance(3600)
  expect(await keys.publicKeys()).toHaveLength(2)
})

test('a retired key stays published for a day, and signs no more', async () => {
  const clock = fixedClock()
  const directory = join(await mkdtemp(join(tmpdir(), 'keybound-keys-')), 'keys')
  const states = memorySigningKeyStates()
  const keys = await openSigningKeys({ directory, states, clock: clock.now, alg: 'ES256' })
  const at = states.rows.findIndex(({ purpose }) => purpose === 'id token')
  const row = states.rows[at]
  if (!row) throw new Error('no row')
  states.rows[at] = { ...row, state: 'retired', retiredAt: clock.now() }
  clock.advance(60)
  expect(await keys.publicKeys()).toHaveLength(2)
  await expect(keys.active('id token')).rejects.toThrow('no active signing key')
  clock.advance(24 * 60 * 60)
  expect(await keys.publicKeys()).toHaveLength(1)
})
