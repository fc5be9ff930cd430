import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { createKeyCache, type KeyCache } from '../key/key-cache.ts'
import { signerFromJwk } from '../key/signer.ts'
import { acceptedProof } from './accepted-proof.ts'
import { accessTokenHash } from './access-token-hash.ts'
import { checkProof } from './check-proof.ts'
import { createProof } from './create-proof.ts'
import type { ExpectedProof } from './proof.ts'
import { defaultProofPolicy } from './proof-policy.ts'
import { type ProofReading, readProofText } from './proof-reading.ts'

const request = { method: 'GET', url: 'https://rs.example/', accessToken: 'abc', nonce: 'n', now: 1000 }
const { method, url, now } = request
const expected: ExpectedProof = { method, url, now, policy: defaultProofPolicy }

/** A cache that tells what it was offered. */
function watched(): { keys: KeyCache; offers: string[] } {
  const cache = createKeyCache()
  const offers: string[] = []
  const offer: KeyCache['offer'] = (proof, segment, key) => {
    offers.push(segment)
    cache.offer(proof, segment, key)
  }
  return { keys: { ...cache, offer }, offers }
}

async function proofText(): Promise<string> {
  return createProof(await signerFromJwk(testKeys.ES256.privateJwk), request)
}

async function goodReading(): Promise<ProofReading> {
  return readProofText(await proofText(), defaultProofPolicy.maxProof)
}

describe('the proof that was accepted', () => {
  test('has what it claims, and the key it was made with', async () => {
    const proof = await acceptedProof(await goodReading(), expected, undefined)
    expect(proof).toMatchObject({
      htm: 'GET',
      htu: url,
      iat: 1000,
      nonce: 'n',
      alg: 'ES256',
      expiresAt: 1021,
    })
    expect(proof.ath).toBe(await accessTokenHash('abc'))
    expect([proof.jkt, proof.publicJwk]).toEqual([testKeys.ES256.jkt, testKeys.ES256.publicJwk])
    expect(proof.claims).toMatchObject({ jti: proof.jti, ath: proof.ath })
  })

  test('has no nonce and no ath that are no text', async () => {
    const reading = await goodReading()
    const proof = await acceptedProof(
      { ...reading, claims: { ...reading.claims, nonce: 5, ath: 5 } },
      expected,
      undefined,
    )
    expect([proof.nonce, proof.ath]).toEqual([undefined, undefined])
  })

  test('offers its key once, and not again when the key is known', async () => {
    const { keys, offers } = watched()
    const text = await proofText()
    keys.keep(await checkProof(text, { ...expected, keys }))
    await checkProof(await proofText(), { ...expected, keys })
    expect(offers).toEqual([text.split('.')[0]])
  })
})

describe('should the table ever let something incomplete through, that is a fault of ours and no proof', () => {
  const claim = (name: string, value?: unknown) => (reading: ProofReading) => ({
    claims: { ...reading.claims, [name]: value },
  })
  const gaps: readonly [string, (reading: ProofReading) => Partial<Record<keyof ProofReading, unknown>>][] = [
    ['no key', () => ({ key: undefined })],
    ['a key that was refused', ({ key }) => ({ key: { finding: key?.finding } })],
    ['no header', () => ({ header: undefined })],
    ['no alg', () => ({ header: {} })],
    ['no claims', () => ({ claims: undefined })],
    ['no jti', claim('jti')],
    ['no htm', claim('htm')],
    ['no htu', claim('htu')],
    ['no iat', claim('iat')],
    ['a jti that is no text', claim('jti', 1)],
    ['an iat that is no number', claim('iat', '1000')],
  ]
  test.each(gaps)('%s', async (_, change) => {
    const reading = await goodReading()
    const act = async () =>
      acceptedProof({ ...reading, ...change(reading) } as ProofReading, expected, undefined)
    await expect(act()).rejects.toThrow(new TypeError('The checks let an incomplete proof through'))
  })

  test('no way to import the key, where it is to be offered', async () => {
    const { keys, offers } = watched()
    const reading = { ...(await goodReading()), importKey: undefined }
    expect((await acceptedProof(reading, expected, undefined)).jkt).toBe(testKeys.ES256.jkt)
    const act = async () => acceptedProof(reading, { ...expected, keys }, undefined)
    await expect(act()).rejects.toThrow('incomplete')
    expect(offers).toEqual([])
  })

  test('and a key that the platform refuses is not offered', async () => {
    const { keys, offers } = watched()
    const reading = { ...(await goodReading()), importKey: () => undefined }
    await acceptedProof(reading, { ...expected, keys }, undefined)
    expect(offers).toEqual([])
  })
})
