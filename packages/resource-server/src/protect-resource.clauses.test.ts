import { createNonces, createProof } from '@keybound/dpop'
import { forgeProof, PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import { requirement } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import { alice, protectedProfile, type Sent, thief } from '../test/protected-profile.ts'
import { resource } from '../test/test-issuer.ts'

/** Clauses of RFC 9449 about the resource server that are not single rows of the table. */

const invalidProof = (check: string) => ({ status: 401, check, body: { error: 'invalid_dpop_proof' } })

describe('the access token and its proof', () => {
  requirement(
    ['DPOP-7-03', 'DPOP-4.3-12a'],
    'belong together: a proof for another token of the same key is refused',
    async () => {
      const profile = protectedProfile()
      const [one, other] = [await profile.token(), await profile.token()]
      expect(await profile.send({ token: other, proof: await profile.proof(one) })).toMatchObject(
        invalidProof('ath.match'),
      )
    },
  )

  requirement('DPOP-7-04', 'are held to method, URL and time although the hash is right', async () => {
    const profile = protectedProfile({ nonces: false })
    const token = await profile.token()
    const good = { method: 'GET', url: resource, accessToken: token, now: profile.clock.now() }
    for (const [change, check] of [
      [{ method: 'PUT' }, 'htm.match'],
      [{ url: `${resource}/x` }, 'htu.match'],
      [{ now: good.now - 60 }, 'iat.window'],
    ] as const) {
      const proof = await createProof(alice, { ...good, ...change })
      expect(await profile.send({ token, proof })).toMatchObject(invalidProof(check))
    }
  })

  requirement(['DPOP-11.5-01', 'P-019'], 'cannot stand for each other', async () => {
    const profile = protectedProfile()
    const token = await profile.token()
    const idToken = await profile.token({ header: { typ: 'JWT' } })
    expect(await profile.send({ token, proof: token })).toMatchObject(invalidProof('typ.dpop'))
    expect(await profile.send({ token, proof: idToken })).toMatchObject(invalidProof('typ.dpop'))
    const proof = await profile.proof(token)
    const swapped = await profile.send({ token: proof, proof: await profile.proof(proof) })
    expect(swapped).toMatchObject({ status: 401, check: 'token.valid', body: { error: 'invalid_token' } })
  })

  requirement('DPOP-7.1-15', 'are never looked for in the headers of a proxy', async () => {
    const profile = protectedProfile()
    const token = await profile.token()
    const headers = { 'proxy-authorization': `DPoP ${token}` }
    const answer = await profile.send({ proof: await profile.proof(token), headers })
    expect(answer).toMatchObject({ status: 401, body: { message: expect.any(String) } })
    expect(answer.headers.has('proxy-authenticate')).toBe(false)
  })

  requirement(['DPOP-4.1-02', 'P-006'], 'are found under any spelling of the header name', async () => {
    const profile = protectedProfile()
    const token = await profile.token()
    const headers = { DPOP: await profile.proof(token), AUTHORIZATION: `DPoP ${token}` }
    expect((await profile.send({ headers })).status).toBe(200)
  })

  requirement(
    ['DPOP-4.3-01', 'P-003', 'P-005'],
    'are one each: two proofs are refused, and both stay good',
    async () => {
      const profile = protectedProfile()
      const token = await profile.token()
      const [one, other] = [await profile.proof(token), await profile.proof(token)]
      for (const proof of [
        [one, other],
        [one, one],
      ]) {
        expect(await profile.send({ token, proof })).toMatchObject(invalidProof('header.single'))
      }
      expect((await profile.send({ token, proof: one })).status).toBe(200)
      expect((await profile.send({ token, proof: other })).status).toBe(200)
    },
  )
})

describe('time', () => {
  requirement(
    ['DPOP-11.1-01', 'DPOP-4.3-11', 'P-075', 'P-076'],
    'limits a proof to twenty seconds back and ten ahead',
    async () => {
      const profile = protectedProfile({ nonces: false })
      const token = await profile.token()
      const at = (now: number) =>
        createProof(alice, { method: 'GET', url: resource, accessToken: token, now })
      const now = profile.clock.now()
      for (const iat of [now - 20, now - 10, now, now + 8, now + 10]) {
        expect((await profile.send({ token, proof: await at(iat) })).status).toBe(200)
      }
      for (const iat of [now - 21, now + 11]) {
        expect(await profile.send({ token, proof: await at(iat) })).toMatchObject(invalidProof('iat.window'))
      }
    },
  )

  requirement(['DPOP-11.1-02', 'L-006'], 'never comes at which a proof is fresh and forgotten', async () => {
    const profile = protectedProfile({ nonces: false })
    const token = await profile.token({ claims: { exp: profile.clock.now() + 3600 } })
    const now = profile.clock.now() + 10
    const proof = await createProof(alice, { method: 'GET', url: resource, accessToken: token, now })
    expect((await profile.send({ token, proof })).status).toBe(200)
    for (let second = 0; second < 45; second++) {
      profile.clock.advance(1)
      expect((await profile.send({ token, proof })).status).toBe(401)
    }
  })
})

describe('nonces', () => {
  requirement(
    ['DPOP-11.3-01', 'DPOP-4.3-10', 'DPOP-4.2-13'],
    'cannot be gone without, before or after one was given',
    async () => {
      const profile = protectedProfile()
      const token = await profile.token()
      const bare = () =>
        createProof(alice, { method: 'GET', url: resource, accessToken: token, now: profile.clock.now() })
      const challenge = { status: 401, check: 'nonce.match', body: { error: 'use_dpop_nonce' } }
      expect(await profile.send({ token, proof: await bare() })).toMatchObject(challenge)
      expect((await profile.send({ token, proof: await profile.proof(token) })).status).toBe(200)
      expect(await profile.send({ token, proof: await bare() })).toMatchObject(challenge)
    },
  )

  requirement(['DPOP-9-04', 'DPOP-8-08'], 'of the authorization server are foreign here', async () => {
    const profile = protectedProfile()
    const token = await profile.token()
    const nonce = await createNonces({ secret: 'a'.repeat(32) }).issue(profile.clock.now())
    const answer = await profile.send({ token, proof: await profile.proof(token, { nonce }) })
    expect(answer).toMatchObject({ status: 401, check: 'nonce.match' })
  })

  requirement(
    ['DPOP-8.1-01', 'DPOP-8-05', 'DPOP-8-03'],
    'come one at a time, in their alphabet, and a server with another secret makes others',
    async () => {
      const given = async (profile: ReturnType<typeof protectedProfile>) => {
        const token = await profile.token()
        const { headers } = await profile.send({
          token,
          proof: await profile.proof(token, { nonce: 'unknown' }),
        })
        return headers.get('dpop-nonce') ?? ''
      }
      const nonce = await given(protectedProfile())
      expect(nonce).toMatch(/^[\x21\x23-\x5b\x5d-\x7e]{32,256}$/)
      expect(nonce).not.toContain(',')
      expect(nonce).not.toBe(
        await createNonces({ secret: 'a'.repeat(32) }).issue(protectedProfile().clock.now()),
      )
    },
  )

  requirement('DPOP-11.2-02', 'defeat a proof that was made ahead of time', async () => {
    const profile = protectedProfile()
    const claims = { exp: profile.clock.now() + 7200 }
    const token = await profile.token({ claims })
    const tomorrow = profile.clock.now() + 3600
    const nonce = (await profile.nonce()) ?? ''
    const proof = await createProof(alice, {
      method: 'GET',
      url: resource,
      accessToken: token,
      nonce,
      now: tomorrow,
    })
    profile.clock.set(tomorrow)
    expect(await profile.send({ token, proof })).toMatchObject({ status: 401, check: 'nonce.match' })
  })

  requirement(
    ['DPOP-4.3-10', 'DPOP-11.1-06'],
    'may be used many times, each time with a new jti',
    async () => {
      const profile = protectedProfile()
      const token = await profile.token()
      for (let i = 0; i < 5; i++) {
        expect((await profile.send({ token, proof: await profile.proof(token) })).status).toBe(200)
      }
    },
  )
})

describe('a challenge', () => {
  requirement(
    ['DPOP-7.1-05', 'DPOP-7.1-06', 'DPOP-7.1-07', 'DPOP-7.1-11', 'DPOP-7.1-12'],
    'says scope, error, description and algorithms',
    async () => {
      const profile = protectedProfile({ realm: 'profiles' })
      const token = await profile.token()
      const good = { method: 'GET', url: resource, accessToken: token, now: profile.clock.now() }
      const proof = await forgeProof(alice, { ...good, nonce: await profile.nonce(), defect: 'sig-flipped' })
      const { challenges } = await profile.send({ token, proof })
      expect(challenges[0]?.params).toEqual({
        realm: 'profiles',
        error: 'invalid_dpop_proof',
        error_description: expect.stringMatching(/^sig\.valid: [\x20-\x21\x23-\x5b\x5d-\x7e]+$/),
        scope: 'profile',
        algs: 'ES256 PS256 Ed25519 EdDSA',
      })
    },
  )

  requirement(
    'DPOP-7.1-03',
    'never comes with what it protects, whatever is wrong with proof or token',
    async () => {
      const profile = protectedProfile()
      const token = await profile.token()
      const good = { method: 'GET', url: resource, accessToken: token, now: profile.clock.now() }
      const nonce = await profile.nonce()
      const defects = Object.entries(PROOF_DEFECTS).filter(
        ([, check]) => check !== 'accepted' && check !== 'jti.unused',
      )
      const sent: Sent[] = [{ token: 'x' }, { token }, { token, scheme: 'Bearer' }]
      for (const [defect] of defects)
        sent.push({
          token,
          proof: await forgeProof(alice, { ...good, nonce, defect: defect as ProofDefect }),
        })
      for (const claims of [{ exp: 1 }, { cnf: undefined }, { cnf: { jkt: thief.jkt } }, { aud: 'x' }]) {
        const bad = await profile.token({ claims })
        sent.push({ token: bad, proof: await profile.proof(bad) })
      }
      let asked = 0
      for (const each of sent) {
        const response = await profile.answer(profile.request(each), {}, () => {
          asked++
          return Response.json({ secret: true })
        })
        expect(response.status).toBe(401)
        expect(await response.text()).not.toContain('secret')
      }
      expect([sent.length, asked, profile.spent()]).toEqual([defects.length + 7, 0, 0])
    },
  )
})
