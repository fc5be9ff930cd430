import { createProof, generateKey } from '@keybound/dpop'
import { forgeProof } from '@keybound/dpop/testing'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { alice, protectedProfile, thief } from '../test/protected-profile.ts'
import { jwks } from '../test/test-issuer.ts'
import { introspector } from './introspection/introspector.ts'
import { parseKeySet } from './keys/key-set.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** A profile whose caches hold two entries each, and what had to be done again because it was not in them. */
async function smallCaches() {
  const set = await parseKeySet(jwks)
  const key = set.find({ alg: 'ES256' })
  if (key === undefined) throw new Error('The test issuer has no ES256 key')
  const verify = vi.spyOn(key, 'verify')
  const parse = vi.spyOn(JSON, 'parse')
  const profile = protectedProfile({ keys: { current: () => set, renewed: () => set }, kept: 2 })
  return {
    profile,
    async get(token: string, signer = alice) {
      return profile.send({ token, proof: await profile.proof(token, { signer }) })
    },
    /** Runs it and tells how many tokens were verified, and how many keys of proofs read, judged and imported. */
    async work(act: () => Promise<unknown>) {
      verify.mockClear()
      parse.mockClear()
      await act()
      const headers = parse.mock.calls.filter(([text]) => text.includes('"typ":"dpop+jwt"'))
      return { tokens: verify.mock.calls.length, keys: headers.length }
    },
  }
}

const NOTHING = { tokens: 0, keys: 0 }
const ALL = { tokens: 1, keys: 1 }

describe('the caches of a protected resource', () => {
  test('spare a known token and a known key their work', async () => {
    const { profile, get, work } = await smallCaches()
    const token = await profile.token()
    expect(await work(() => get(token))).toEqual(ALL)
    expect(await work(() => get(token))).toEqual(NOTHING)
  })

  test('are bounded: a third token and key put out the first', async () => {
    const { profile, get, work } = await smallCaches()
    const users = await Promise.all(
      [1, 2, 3].map(async () => {
        const signer = await generateKey()
        return { signer, token: await profile.token({ claims: { cnf: { jkt: signer.jkt } } }) }
      }),
    )
    for (const { token, signer } of users) expect((await get(token, signer)).status).toBe(200)
    const [first = users[0], , third = users[0]] = users
    expect(await work(() => get(third?.token ?? '', third?.signer))).toEqual(NOTHING)
    expect(await work(() => get(first?.token ?? '', first?.signer))).toEqual(ALL)
  })

  test('keep nothing of a request that was refused, however good its parts: strangers put nobody out', async () => {
    const { profile, get, work } = await smallCaches()
    const token = await profile.token()
    const url = profile.options.resource
    expect((await get(token)).status).toBe(200)

    for (let round = 0; round < 5; round++) {
      const signer = await generateKey()
      const { now } = profile.clock
      const foreign = await profile.token({ claims: { aud: 'https://other.example/', jti: `${round}` } })
      const unbound = await profile.token({ claims: { cnf: undefined, jti: `u${round}` } })
      const forged = `${token.slice(0, -20)}${`${round}`.repeat(20)}`
      const request = { method: 'GET', url, accessToken: token, now: now() }
      const nonce = await profile.nonce()
      const answers = [
        await get(token, signer),
        await get(token, thief),
        await get(forged, signer),
        await get(foreign, alice),
        await get(unbound, signer),
        await profile.send({ token, proof: await createProof(signer, { ...request }) }),
        await profile.send({ token, scheme: 'Bearer' }),
        await profile.send({
          token,
          proof: await forgeProof(alice, { ...request, nonce, defect: 'sig-flipped' }),
        }),
        await profile.send({
          token,
          proof: await forgeProof(alice, { ...request, nonce, defect: 'extra-claims' }),
          scheme: 'Bearer',
        }),
      ]
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401))
    }
    expect(await work(() => get(token))).toEqual(NOTHING)
  })

  test("are not poisoned: a stranger's proof over a known header, or a twin of a known token, is judged anew", async () => {
    const { profile, get } = await smallCaches()
    const token = await profile.token()
    expect((await get(token)).status).toBe(200)
    const signedByThief = { ...alice, sign: thief.sign }
    expect(await get(token, signedByThief)).toMatchObject({ status: 401, check: 'sig.valid' })
    const [header, payload] = token.split('.')
    expect(await get(`${header}.${payload}.${'A'.repeat(86)}`)).toMatchObject({ check: 'token.valid' })
    expect((await get(token)).status).toBe(200)
  })
})

test('answers of introspection are bounded too: ten thousand made-up tokens put out no real one', async () => {
  let asked = 0
  const fetchIt = async (_: unknown, init: RequestInit) => {
    asked++
    return Response.json({ active: String(init.body).startsWith('token=real') })
  }
  const client = { endpoint: 'https://as.example/introspect', clientId: 'api', clientSecret: 's' }
  const asks = introspector({ ...client, clock: () => 0, fetch: fetchIt as typeof fetch })
  expect(await asks.isRevoked('real')).toBe(false)
  for (let batch = 0; batch < 100; batch++)
    await Promise.all(Array.from({ length: 101 }, (_, index) => asks.isRevoked(`made-up-${batch}-${index}`)))
  asked = 0
  expect(await asks.isRevoked('real')).toBe(false)
  expect(asked).toBe(0)
  expect(await asks.isRevoked('made-up-0-0')).toBe(true)
  expect(asked).toBe(1)
  expect(await asks.isRevoked('made-up-0-0')).toBe(true)
  expect(asked).toBe(1)
})
