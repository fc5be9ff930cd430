import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { checkProof } from '../proof/check-proof.ts'
import { createProof } from '../proof/create-proof.ts'
import { proofPolicy } from '../proof/proof-policy.ts'
import { generateKey, generateKeyPair } from './generate-key.ts'
import type { ProofAlg } from './proof-alg.ts'
import { exportPrivateJwk, type Signer, signerFromJwk, signerFromKeyPair } from './signer.ts'

const algs: readonly ProofAlg[] = ['ES256', 'ES384', 'ES512', 'PS256', 'Ed25519', 'EdDSA']
const request = { method: 'GET', url: 'https://rs.example/', now: 100 }

async function jktOfProofBy(signer: Signer): Promise<string> {
  const proof = await createProof(signer, request)
  return (await checkProof(proof, { ...request, policy: proofPolicy({ algs }) })).jkt
}

describe.each(algs)('a key for %s', (alg) => {
  test('is made, does not leave its place, and makes proofs', async () => {
    const signer = await generateKey(alg)
    expect(signer.alg).toBe(alg)
    expect(await jktOfProofBy(signer)).toBe(signer.jkt)
    await expect(exportPrivateJwk(signer)).rejects.toThrow(TypeError)
    expect(JSON.stringify(signer)).not.toMatch(/"(d|p|q|k)"/)
  })

  test('is exported when it was made for that, and is the same key when read again', async () => {
    const signer = await generateKey(alg, { extractable: true })
    const jwk = await exportPrivateJwk(signer)
    expect(jwk).toMatchObject({ ...signer.publicJwk, alg, d: expect.any(String) })
    const again = await signerFromJwk(jwk)
    expect([again.alg, again.jkt]).toEqual([signer.alg, signer.jkt])
    expect(await jktOfProofBy(again)).toBe(signer.jkt)
    expect(await exportPrivateJwk(again)).toEqual(jwk)
  })

  test('is taken from a WebCrypto pair that cannot be exported', async () => {
    const signer = await signerFromKeyPair(await generateKeyPair(alg), alg)
    expect(await jktOfProofBy(signer)).toBe(signer.jkt)
  })
})

describe('signerFromJwk', () => {
  test('takes the alg of the curve where the JWK names none', async () => {
    for (const { alg, jkt, privateJwk } of Object.values(testKeys)) {
      const { alg: _, ...bare } = privateJwk
      const signer = await signerFromJwk(bare)
      expect([signer.alg, signer.jkt]).toEqual([alg, jkt])
    }
  })

  test('refuses a public key, a key for another alg, and no key', async () => {
    const { publicJwk, privateJwk } = testKeys.ES256
    await expect(signerFromJwk(publicJwk)).rejects.toThrow('no private key')
    await expect(signerFromJwk({ ...privateJwk, alg: 'ES384' })).rejects.toThrow(TypeError)
    await expect(signerFromJwk({ ...privateJwk, alg: 'ES512' }, 'ES256')).rejects.toThrow('another alg')
    await expect(signerFromJwk({ ...testKeys.PS256.privateJwk, alg: 'RS256' })).rejects.toThrow('another alg')
    await expect(signerFromJwk({ ...privateJwk, x: 'AA' })).rejects.toThrow(TypeError)
    await expect(signerFromJwk({ kty: 'oct', k: 'AA', d: 'AA' })).rejects.toThrow(TypeError)
  })

  test('keeps no member that is not the key, and no reference to the object it was given', async () => {
    const jwk = { ...testKeys.ES256.privateJwk, kid: 'x', use: 'sig' }
    const signer = await signerFromJwk(jwk)
    jwk.d = 'AA'
    expect(await exportPrivateJwk(signer)).toEqual({ ...testKeys.ES256.privateJwk, alg: 'ES256' })
    expect(await jktOfProofBy(signer)).toBe(signer.jkt)
  })
})

test('a pair for another alg makes no signer', async () => {
  await expect(signerFromKeyPair(await generateKeyPair('ES256'), 'ES384')).rejects.toThrow(TypeError)
})

test('a signer of four members is enough: a key in an HSM signs elsewhere', async () => {
  const { alg, publicJwk, jkt, ...inside } = await generateKey()
  const hsm: Signer = {
    alg,
    publicJwk,
    jkt,
    sign: async (data) => inside.sign(data),
  }
  expect(await jktOfProofBy(hsm)).toBe(jkt)
  await expect(exportPrivateJwk(hsm)).rejects.toThrow(TypeError)
})
