import { createPublicKey, type JsonWebKey, verify } from 'node:crypto'
import { requirement, testKeys } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import { decoded } from '../../test/decoded.ts'
import { now, sha256 } from '../../test/judged.ts'
import { createProof, generateKey, type ProofAlg, type Signer, signerFromJwk } from '../index.ts'

const algs: readonly ProofAlg[] = ['ES256', 'PS256', 'Ed25519', 'EdDSA', 'ES384', 'ES512']
const request = { method: 'POST', url: 'https://as.example/token', now }
const signer = await signerFromJwk(testKeys.ES256.privateJwk)

describe('a proof that we make', () => {
  requirement(
    ['DPOP-4.2-01', 'DPOP-4.2-02', 'DPOP-4.2-03', 'DPOP-4.2-04', 'DPOP-12-04'],
    'has typ dpop+jwt, a registered asymmetric alg and the public key, for every alg there is',
    async () => {
      for (const alg of algs) {
        const key = await generateKey(alg)
        const { header } = decoded(await createProof(key, request))
        expect(header).toEqual({ typ: 'dpop+jwt', alg, jwk: key.publicJwk })
      }
    },
  )

  requirement(
    'DPOP-4.2-05',
    'never holds a private or symmetric member, however the key came to us',
    async () => {
      const signers = [
        await generateKey('ES256', { extractable: true }),
        await generateKey('PS256', { extractable: true }),
        ...(await Promise.all(Object.values(testKeys).map(({ privateJwk }) => signerFromJwk(privateJwk)))),
      ]
      for (const one of signers) {
        const { jwk } = decoded(await createProof(one, request)).header as { jwk: object }
        for (const name of ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k']) expect(jwk).not.toHaveProperty(name)
      }
    },
  )

  requirement(
    ['DPOP-4.2-06', 'DPOP-4.2-08', 'DPOP-4.2-09', 'DPOP-4.2-10', 'DPOP-12-06'],
    'has jti, htm, htu without query and fragment, and iat',
    async () => {
      const url = 'https://api.example/a%20b/c?page=2&x=/y#top'
      const { payload } = decoded(await createProof(signer, { method: 'PATCH', url, now }))
      expect(payload).toEqual({
        jti: expect.stringMatching(/.{16,}/),
        htm: 'PATCH',
        htu: 'https://api.example/a%20b/c',
        iat: now,
      })
    },
  )

  requirement(
    ['DPOP-4.2-11', 'DPOP-4.2-12', 'DPOP-7-02', 'DPOP-11.10-01', 'DPOP-11.8-01'],
    'has the SHA-256 of the access token as ath, without padding, where a token goes with it',
    async () => {
      for (const accessToken of ['Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU', 'x', 'a'.repeat(2000)]) {
        const { payload } = decoded(await createProof(signer, { ...request, accessToken }))
        expect(payload.ath).toBe(sha256(accessToken))
        expect(payload.ath).toMatch(/^[\w-]{43}$/)
      }
      expect(decoded(await createProof(signer, request)).payload).not.toHaveProperty('ath')
    },
  )

  requirement(['DPOP-4.2-13', 'DPOP-8-07'], 'carries a nonce exactly as it was given', async () => {
    for (const nonce of ['eyJ7S_zG.eyJH0-Z.HX4w-7v', "!#$%&'()*+,-./:;<=>?@[]^_`{|}~"]) {
      expect(decoded(await createProof(signer, { ...request, nonce })).payload.nonce).toBe(nonce)
    }
  })

  requirement(
    'DPOP-4.2-07',
    'has a jti of at least 96 random bits that does not repeat in 20,000 proofs',
    async () => {
      const unsigned: Signer = { ...signer, sign: () => new Uint8Array(64) }
      const seen = new Set<unknown>()
      for (let i = 0; i < 20_000; i++) {
        const [, payload = ''] = (await createProof(unsigned, request)).split('.')
        seen.add(/"jti":"([^"]+)"/.exec(Buffer.from(payload, 'base64url').toString())?.[1])
      }
      expect(seen.size).toBe(20_000)
      for (const jti of [...seen].slice(0, 100)) {
        expect(jti).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      }
    },
  )

  requirement(
    ['DPOP-4-01', 'DPOP-7.3-01'],
    'is a new one each time, though the request is the same',
    async () => {
      const [first, second] = [await createProof(signer, request), await createProof(signer, request)]
      expect(decoded(first).payload.jti).not.toBe(decoded(second).payload.jti)
    },
  )

  requirement(
    ['DPOP-4.1-01', 'DPOP-4.1-03'],
    'is one compact JWS of token68 characters whose signature node:crypto verifies',
    async () => {
      const proof = await createProof(signer, { ...request, accessToken: 'x', nonce: '!~' })
      expect(proof).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/)
      const [head, payload, signature = ''] = proof.split('.')
      const key = createPublicKey({ key: testKeys.ES256.publicJwk as JsonWebKey, format: 'jwk' })
      const options = { key, dsaEncoding: 'ieee-p1363' as const }
      const data = Buffer.from(`${head}.${payload}`)
      expect(verify('sha256', data, options, Buffer.from(signature, 'base64url'))).toBe(true)
    },
  )
})
