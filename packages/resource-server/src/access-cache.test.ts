import { requirement, testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { alice, protectedProfile, thief } from '../test/protected-profile.ts'
import { jwks } from '../test/test-issuer.ts'
import type { KeySet } from './keys/key-set.ts'
import { parseKeySet } from './keys/key-set.ts'

/** A profile whose issuer's keys can be changed, and whose verifications of token signatures are counted. */
async function open() {
  const counting = async (document: object, before?: KeySet): Promise<KeySet> => {
    const set = await parseKeySet(document, before)
    const key = set.find({ alg: 'ES256' })
    if (!key || key === before?.find({ alg: 'ES256' })) return set
    const { verify } = key
    Object.assign(key, {
      verify(...parts: Parameters<typeof verify>) {
        verified++
        return verify(...parts)
      },
    })
    return set
  }
  let verified = 0
  let set = await counting(jwks)
  const profile = protectedProfile({ keys: { current: () => set, renewed: () => set } })
  const get = async (token: string) => profile.send({ token, proof: await profile.proof(token) })
  const change = async (document: object) => {
    set = await counting(document, set)
  }
  return { profile, get, change, verified: () => verified }
}

describe('a token whose signature and binding held', () => {
  test('is not verified again', async () => {
    const { profile, get, verified } = await open()
    const token = await profile.token()
    for (let i = 0; i < 5; i++) expect((await get(token)).status).toBe(200)
    expect(verified()).toBe(1)
  })

  test('is refused from the moment it expires', async () => {
    const { profile, get } = await open()
    const token = await profile.token({ claims: { exp: profile.clock.now() + 100 } })
    expect((await get(token)).status).toBe(200)
    profile.clock.advance(99)
    expect((await get(token)).status).toBe(200)
    profile.clock.advance(1)
    expect(await get(token)).toMatchObject({ status: 401, check: 'token.valid' })
  })

  requirement(
    'S-014',
    'is refused once its key is withdrawn, and served while the old key stands beside a new one',
    async () => {
      const { profile, get, change, verified } = await open()
      const token = await profile.token()
      const next = { ...testKeys.otherES256.publicJwk, kid: 'as-2' }
      expect((await get(token)).status).toBe(200)
      await change({ keys: [...jwks.keys, next] })
      expect((await get(token)).status).toBe(200)
      expect(verified()).toBe(1)
      await change({ keys: [next] })
      expect(await get(token)).toMatchObject({ status: 401, check: 'token.valid' })
      await change(jwks)
      expect((await get(token)).status).toBe(200)
      expect(verified()).toBe(2)
    },
  )

  test('still needs its own proof, its own key and its scope', async () => {
    const { profile, get } = await open()
    const token = await profile.token({ claims: { scope: 'profile' } })
    expect((await get(token)).status).toBe(200)
    expect(await profile.send({ token })).toMatchObject({ check: 'header.single' })
    expect(await profile.send({ token, scheme: 'Bearer' })).toMatchObject({ check: 'scheme.match' })
    const stolen = await profile.proof(token, { signer: thief })
    expect(await profile.send({ token, proof: stolen })).toMatchObject({ check: 'jkt.match' })
    const proof = await profile.proof(token)
    expect(await profile.send({ token, proof, requirement: { scope: 'profile:write' } })).toMatchObject({
      status: 403,
    })
  })
})

test('a token is not kept for someone who does not hold its key', async () => {
  const { profile, verified } = await open()
  const token = await profile.token()
  for (let i = 0; i < 3; i++) {
    const proof = await profile.proof(token, { signer: thief })
    expect(await profile.send({ token, proof })).toMatchObject({ status: 401, check: 'jkt.match' })
  }
  expect(verified()).toBe(3)
})

test('a forged twin of a kept token is refused', async () => {
  const { profile, get } = await open()
  const token = await profile.token()
  expect((await get(token)).status).toBe(200)
  const [header, payload] = token.split('.')
  const twin = `${header}.${payload}.${'A'.repeat(86)}`
  expect(await get(twin)).toMatchObject({ status: 401, check: 'token.valid' })
  expect((await get(token)).status).toBe(200)
})

requirement(['S-030'], 'two users on one resource never see each other', async () => {
  const { profile } = await open()
  const users = [
    { sub: 'alice', signer: alice },
    { sub: 'bob', signer: thief },
  ]
  const tokens = await Promise.all(
    users.map(({ sub, signer }) => profile.token({ claims: { sub, cnf: { jkt: signer.jkt } } })),
  )
  for (let i = 0; i < 10; i++) {
    const { sub, signer } = users[i % 2] ?? { sub: '', signer: alice }
    const token = tokens[i % 2] ?? ''
    const { body } = await profile.send({ token, proof: await profile.proof(token, { signer }) })
    expect(body).toEqual({ sub, jkt: signer.jkt })
  }
})
