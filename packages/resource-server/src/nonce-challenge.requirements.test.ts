import { createProof } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { expect } from 'vitest'
import { alice, protectedProfile } from '../test/protected-profile.ts'
import { resource } from '../test/test-issuer.ts'

requirement(
  ['DPOP-7.1-09', 'DPOP-8.2-04', 'P-081'],
  'a nonce is asked for in the DPoP challenge, with algs, one DPoP-Nonce, and in an answer that no cache keeps',
  async () => {
    const profile = protectedProfile()
    const token = await profile.token()
    const parts = { method: 'GET', url: resource, accessToken: token, now: profile.clock.now() }
    const proof = await createProof(alice, parts)
    const { status, challenges, headers } = await profile.send({ token, proof })
    expect(status).toBe(401)
    expect(challenges).toHaveLength(1)
    expect(challenges[0]).toMatchObject({ scheme: 'DPoP', params: { error: 'use_dpop_nonce' } })
    expect(challenges[0]?.params.algs).toBe('ES256 PS256 Ed25519 EdDSA')
    expect(headers.get('dpop-nonce')).toBe(await profile.nonce())
    expect(headers.get('cache-control')).toBe('no-store')
  },
)

requirement(
  'DPOP-9-01',
  'a resource that gives out no nonces asks for none and takes proofs that have one',
  async () => {
    const profile = protectedProfile({ nonces: false })
    const token = await profile.token()
    for (const nonce of [undefined, 'a-nonce-of-another-server']) {
      const proof = await profile.proof(token, nonce === undefined ? {} : { nonce })
      const answer = await profile.send({ token, proof })
      expect([answer.status, answer.headers.get('dpop-nonce')]).toEqual([200, null])
    }
  },
)
