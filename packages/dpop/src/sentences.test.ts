import { OAuthError } from '@keybound/oauth'
import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { checkBinding } from './binding/check-binding.ts'
import { publicJwkOf } from './key/public-jwk-of.ts'
import { exportPrivateJwk, signerFromJwk } from './key/signer.ts'
import type { Jkt } from './key/thumbprint.ts'
import { algFor } from './key/thumbprint.ts'
import { createNonces } from './nonce/nonces.ts'
import { checkProof } from './proof/check-proof.ts'
import { createProof } from './proof/create-proof.ts'
import type { ExpectedProof, Proof } from './proof/proof.ts'
import { defaultProofPolicy, proofPolicy } from './proof/proof-policy.ts'
import { remember } from './replay/ledger.ts'

const { ES256 } = testKeys
const jkt = ES256.jkt as Jkt
const proof = { jkt } as Proof
const entry = { key: 'k', expiresAt: 1, now: 0 }

/** What was thrown or rejected with. */
async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    await act()
  } catch (error) {
    return error
  }
  throw new Error('Nothing was thrown')
}

describe('a refusal says in a sentence of its own what is wrong', () => {
  const refusals: readonly [description: RegExp, act: () => unknown][] = [
    [
      /^scheme\.match: The token is bound to a key: send it under the DPoP scheme with a proof, not as Bearer\.$/,
      () => checkBinding('bearer', { jkt }, undefined),
    ],
    [
      /^scheme\.match: The token is not bound to a key: the DPoP scheme is for bound tokens\.$/,
      () => checkBinding('dpop', undefined, proof),
    ],
    [/^header\.single: A bound token needs a proof\.$/, () => checkBinding('dpop', { jkt }, undefined)],
    [
      /^jkt\.match: The token is bound to another key than the one that made the proof\.$/,
      () => checkBinding('dpop', { jkt: `A${jkt.slice(1)}` }, proof),
    ],
    [
      /^scheme\.match: The confirmation of the token is malformed or of an unknown kind\.$/,
      () => checkBinding('dpop', null, proof),
    ],
    [
      /^jti\.unused: This proof was used before; make a new one for every request\.$/,
      () => remember({ remember: async () => false }, entry),
    ],
    [
      /^store\.available: Try again in a moment\.$/,
      () => remember({ remember: () => Promise.reject(new Error('down')) }, entry),
    ],
  ]
  test('and nothing after it where there is no hint', async () => {
    const text = await createProof(await signerFromJwk(ES256.privateJwk), {
      method: 'GET',
      url: 'https://rs.example/',
      now: 0,
    })
    const expected = { method: 'POST', url: 'https://rs.example/', now: 0, policy: defaultProofPolicy }
    const error = await thrownBy(() => checkProof(text, expected))
    expect((error as OAuthError).description).toBe('htm.match: The proof was made for another method.')
  })

  test.each(refusals)('%s', async (description, act) => {
    const error = await thrownBy(act)
    expect(error).toBeInstanceOf(OAuthError)
    expect((error as OAuthError).description).toMatch(description)
  })
})

describe('a mistake of the programmer is a TypeError that names it', () => {
  const signer = () => signerFromJwk(ES256.privateJwk)
  const request = { method: 'GET', url: 'https://rs.example/', now: 0 }
  const expected: ExpectedProof = { ...request, policy: defaultProofPolicy }
  const mistakes: readonly [message: string, act: () => unknown][] = [
    ['A nonce secret has at least 32 octets', () => createNonces({ secret: 'short' })],
    ['A nonce step is a positive number of seconds', () => createNonces({ secret: 'x'.repeat(32), step: 0 })],
    ['Not a key for this alg', () => publicJwkOf({ kty: 'RSA' }, 'ES256')],
    ['Not a key for proofs', () => algFor({ kty: 'oct' })],
    ['The JWK has no private key', () => signerFromJwk(ES256.publicJwk)],
    ['The JWK is for another alg', () => signerFromJwk({ ...ES256.privateJwk, alg: 'ES384' }, 'ES256')],
    [
      'The private key of this signer cannot be exported',
      async () => exportPrivateJwk({ ...(await signer()) }),
    ],
    [
      'A proof is for an http(s) URL',
      async () => createProof(await signer(), { ...request, url: 'ftp://rs.example/' }),
    ],
    ['algs: at least one ProofAlg', () => proofPolicy({ algs: [] })],
    ['algs: at least one ProofAlg', () => proofPolicy({ algs: ['ES256', 'RS256' as never] })],
    ['lifetime: more than 0, at most 3600 seconds', () => proofPolicy({ lifetime: 0 })],
    ['lifetime: more than 0, at most 3600 seconds', () => proofPolicy({ lifetime: 3601 })],
    ['tolerance: 0 to 600 seconds', () => proofPolicy({ tolerance: -1 })],
    ['tolerance: 0 to 600 seconds', () => proofPolicy({ tolerance: 601 })],
    ['freshness: iat, nonce or both', () => proofPolicy({ freshness: 'neither' as never })],
    ['maxProof: a positive integer', () => proofPolicy({ maxProof: 0 })],
    ['maxJti: a positive integer', () => proofPolicy({ maxJti: 1.5 })],
    ['maxNonce: a positive integer', () => proofPolicy({ maxNonce: Number.NaN })],
    ...(['method', 'url', 'now', 'policy'] as const).map((name): [string, () => unknown] => [
      'checkProof needs method, url, now and policy',
      () => checkProof('', { ...expected, [name]: undefined }),
    ]),
    ['checkProof needs method, url, now and policy', () => checkProof('', { ...expected, now: Number.NaN })],
  ]
  test.each(mistakes)('%s %#', async (message, act) => {
    const error = await thrownBy(act)
    expect(error).toBeInstanceOf(TypeError)
    expect((error as TypeError).message).toBe(message)
  })

  test('and the bounds themselves are no mistakes', () => {
    expect(
      proofPolicy({ lifetime: 3600, tolerance: 600, maxProof: 1, maxJti: 1, maxNonce: 1 }),
    ).toMatchObject({
      lifetime: 3600,
      tolerance: 600,
      maxProof: 1,
    })
    expect(proofPolicy({ tolerance: 0, lifetime: 0.5, algs: ['ES512'], freshness: 'nonce' })).toMatchObject({
      tolerance: 0,
    })
  })
})
