import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { checkProof } from '../proof/check-proof.ts'
import { createProof } from '../proof/create-proof.ts'
import { defaultProofPolicy, proofPolicy } from '../proof/proof-policy.ts'
import { forgeProof } from '../testing/forge-proof.ts'
import { generateKey } from './generate-key.ts'
import { createKeyCache } from './key-cache.ts'
import { signerFromJwk } from './signer.ts'

const now = 1000
const request = { method: 'GET', url: 'https://rs.example/', now }
const expected = { ...request, policy: defaultProofPolicy }
const signer = await signerFromJwk(testKeys.ES256.privateJwk)

describe('createKeyCache', () => {
  test('keeps a key only when the caller says that the proof belonged to something', async () => {
    const keys = createKeyCache()
    const proof = await checkProof(await createProof(signer, request), { ...expected, keys })
    expect(keys.size).toBe(0)
    keys.keep(proof)
    expect(keys.size).toBe(1)
    keys.keep(proof)
    expect(keys.size).toBe(1)
  })

  test('strangers cannot grow it: a hundred good proofs by a hundred keys leave nothing behind', async () => {
    const keys = createKeyCache()
    for (let count = 0; count < 100; count++) {
      await checkProof(await createProof(await generateKey(), request), { ...expected, keys })
    }
    expect(keys.size).toBe(0)
  })

  test('a bad proof is never offered', async () => {
    const offered: unknown[] = []
    const keys = { ...createKeyCache(), offer: (...offer: unknown[]) => offered.push(offer) }
    for (const defect of ['sig-flipped', 'sig-other-key', 'htm-other', 'iat-stale'] as const) {
      const text = (await forgeProof(signer, { ...request, defect })) as string
      await expect(checkProof(text, { ...expected, keys })).rejects.toThrow()
    }
    expect(offered).toEqual([])
  })

  test('a known key is judged exactly as an unknown one: signature, claims, type and policy', async () => {
    const keys = createKeyCache()
    keys.keep(await checkProof(await createProof(signer, request), { ...expected, keys }))
    const again = await checkProof(await createProof(signer, request), { ...expected, keys })
    expect([again.jkt, again.publicJwk, again.alg]).toEqual([signer.jkt, signer.publicJwk, 'ES256'])
    for (const [defect, reason] of [
      ['sig-flipped', 'sig.valid'],
      ['sig-other-key', 'sig.valid'],
      ['sig-der', 'sig.valid'],
      ['htm-other', 'htm.match'],
      ['no-jti', 'claims.required'],
    ] as const) {
      const text = (await forgeProof(signer, { ...request, defect })) as string
      await expect(checkProof(text, { ...expected, keys })).rejects.toMatchObject({ reason })
    }
    const stricter = proofPolicy({ algs: ['PS256'] })
    const proof = await createProof(signer, request)
    await expect(checkProof(proof, { ...expected, keys, policy: stricter })).rejects.toMatchObject({
      reason: 'alg.allowed',
    })
  })

  test('is bounded: the least recently used key goes first', async () => {
    const keys = createKeyCache({ max: 2 })
    const signers = await Promise.all([generateKey(), generateKey(), generateKey()])
    const segments: string[] = []
    for (const each of signers) {
      const text = await createProof(each, request)
      segments.push(text.slice(0, text.indexOf('.')))
      keys.keep(await checkProof(text, { ...expected, keys }))
    }
    expect(keys.size).toBe(2)
    expect(segments.map((segment) => keys.find(segment)?.jkt)).toEqual([
      undefined,
      signers[1].jkt,
      signers[2].jkt,
    ])
  })

  test('a header blown up by its client is checked but not kept', async () => {
    const keys = createKeyCache()
    const text = (await forgeProof(signer, { ...request, header: { kid: 'k'.repeat(1400) } })) as string
    keys.keep(await checkProof(text, { ...expected, keys }))
    expect(keys.size).toBe(0)
  })

  test('a proof of another cache is not kept', async () => {
    const [one, two] = [createKeyCache(), createKeyCache()]
    two.keep(await checkProof(await createProof(signer, request), { ...expected, keys: one }))
    expect([one.size, two.size]).toEqual([0, 0])
  })
})
