import { OAuthError } from '@keybound/oauth'
import { testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { createKeyCache } from '../key/key-cache.ts'
import { signerFromJwk } from '../key/signer.ts'
import { createNonces } from '../nonce/nonces.ts'
import { checkProof } from '../proof/check-proof.ts'
import { explainProof } from '../proof/explain-proof.ts'
import type { ExpectedProof } from '../proof/proof.ts'
import { proofPolicy } from '../proof/proof-policy.ts'
import { ledgerEntry, remember } from '../replay/ledger.ts'
import { forgeProof } from './forge-proof.ts'
import { PROOF_DEFECTS, type ProofDefect } from './proof-defects.ts'

const now = 1_800_000_000
const nonces = createNonces({ secret: 'the secret of the server under test' })
const nonce = await nonces.issue(now)
const request = { method: 'GET', url: 'https://rs.example/api/profile', accessToken: 'the-access-token' }
const expected: ExpectedProof = {
  ...request,
  nonces,
  now,
  policy: proofPolicy({ algs: ['ES256', 'PS256', 'Ed25519'] }),
}

/** 'accepted', or the id of the check that refused it: by checkProof and the ledger, twice as a client would who repeats a request. */
async function outcome(proofs: string[]): Promise<string> {
  const used = new Set<string>()
  const ledger = { remember: async ({ key }: { key: string }) => used.size !== used.add(key).size }
  try {
    for (const text of proofs)
      await remember(ledger, await ledgerEntry('rs', await checkProof(text, expected), now))
    return 'accepted'
  } catch (error) {
    if (error instanceof OAuthError) return error.reason
    throw error
  }
}

const defects = Object.entries(PROOF_DEFECTS) as [ProofDefect, (typeof PROOF_DEFECTS)[ProofDefect]][]

describe.each([testKeys.ES256, testKeys.PS256, testKeys.Ed25519])(
  'a proof by a $alg key',
  async ({ alg, privateJwk }) => {
    const signer = await signerFromJwk(privateJwk, alg)
    const forge = (defect?: ProofDefect) =>
      forgeProof(signer, { ...request, nonce, now, defect, expiredNonce: undefined })

    test('with nothing wrong is accepted', async () =>
      expect(await outcome([String(await forge())])).toBe('accepted'))

    test.each(defects)('with %s: %s', async (defect, check) => {
      const value = await forge(defect)
      const text = Array.isArray(value) ? value.join(', ') : value
      const again = defect === 'jti-replayed' ? [text, String(await forge(defect))] : [text]
      expect(await outcome(again)).toBe(check)
    })

    test.each(defects)('with %s: explainProof says the same', async (defect, check) => {
      const value = await forge(defect)
      const { checks, outcome: explained } = await explainProof(
        Array.isArray(value) ? value.join(', ') : value,
        expected,
      )
      const first = checks.find(({ status }) => status === 'fail' || status === 'challenge')
      const passes = check === 'accepted' || check === 'jti.unused'
      expect(first?.id).toBe(passes ? undefined : check)
      expect(explained).toBe(passes ? 'accepted' : check === 'nonce.match' ? 'challenged' : 'rejected')
      expect(JSON.stringify(checks)).not.toMatch(/the-access-token|eyJ[\w-]{40}/)
    })
  },
)

test('a nonce of long ago is made expired by the server itself where it can', async () => {
  const signer = await signerFromJwk(testKeys.ES256.privateJwk)
  const expiredNonce = await nonces.issue(now - 3600)
  const proof = String(
    await forgeProof(signer, { ...request, nonce, now, defect: 'nonce-expired', expiredNonce }),
  )
  await expect(checkProof(proof, expected)).rejects.toThrow('too old')
})

test('header members and claims can be set by hand, and the signature is right', async () => {
  const signer = await signerFromJwk(testKeys.ES256.privateJwk)
  const proof = String(
    await forgeProof(signer, {
      ...request,
      nonce,
      now,
      jti: 'mine',
      header: { kid: 'k' },
      claims: { more: 1 },
    }),
  )
  const checked = await checkProof(proof, { ...expected, keys: createKeyCache() })
  expect(checked).toMatchObject({ jti: 'mine', jkt: signer.jkt, nonce, claims: { more: 1 } })
})

test('two header lines are two different good proofs', async () => {
  const signer = await signerFromJwk(testKeys.ES256.privateJwk)
  const lines = await forgeProof(signer, { ...request, nonce, now, defect: 'two-headers' })
  expect(Array.isArray(lines) && lines[0] !== lines[1]).toBe(true)
  for (const line of lines) await expect(checkProof(line, expected)).resolves.toBeTruthy()
})
