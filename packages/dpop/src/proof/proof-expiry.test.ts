import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateKey } from '../key/generate-key.ts'
import { createNonces } from '../nonce/nonces.ts'
import { checkProof } from './check-proof.ts'
import { createProof } from './create-proof.ts'
import { iatWindow, proofExpiry } from './proof-expiry.ts'
import { defaultProofPolicy, proofPolicy } from './proof-policy.ts'

const secret = 'the secret of the server under test'
const signer = await generateKey()
const request = { method: 'POST', url: 'https://as.example/token' }

const settings = fc.record({
  lifetime: fc.double({ min: 0.5, max: 300, noNaN: true }),
  tolerance: fc.double({ min: 0, max: 120, noNaN: true }),
  freshness: fc.constantFrom('iat', 'nonce', 'both'),
  step: fc.integer({ min: 1, max: 300 }),
  withNonces: fc.boolean(),
})

describe('the record of a proof', () => {
  test('outlives the last instant at which the proof is accepted, for every setting and every clock (DPOP-11.1-02)', async () => {
    const start = 1_800_000_000
    await fc.assert(
      fc.asyncProperty(
        settings,
        fc.double({ min: -500, max: 500, noNaN: true }),
        fc.array(fc.double({ min: 0, max: 1500, noNaN: true }), { minLength: 1, maxLength: 8 }),
        async ({ step, withNonces, ...policySettings }, ahead, times) => {
          const policy = proofPolicy(policySettings)
          const nonces = withNonces ? createNonces({ secret, step }) : undefined
          const nonce = await nonces?.issue(start)
          const text = await createProof(signer, { ...request, nonce, now: start + ahead })
          const judge = (now: number) =>
            checkProof(text, { ...request, nonces, policy, now }).catch(() => undefined)

          const accepted = (
            await Promise.all(
              times.map(async (later) => ({ now: start + later, proof: await judge(start + later) })),
            )
          ).filter(({ proof }) => proof)
          for (const { proof } of accepted) {
            expect(proof?.expiresAt).toBe(accepted[0]?.proof?.expiresAt)
            for (const { now } of accepted) expect(now).toBeLessThan(proof?.expiresAt ?? 0)
            expect(await judge(proof?.expiresAt ?? 0)).toBeUndefined()
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  test('is computed from iat and nonce, never from the time of receipt, and is a whole second', async () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 2e9, noNaN: true }),
        fc.option(fc.double({ min: 0, max: 2e9, noNaN: true }), { nil: undefined }),
        (iat, nonceEnd) => {
          const end = proofExpiry(iat, nonceEnd, defaultProofPolicy)
          expect(Number.isSafeInteger(end)).toBe(true)
          expect(end).toBeGreaterThan(Math.max(iat + 20, nonceEnd ?? 0))
          expect(end - 1).toBeLessThanOrEqual(Math.max(iat + 20, nonceEnd ?? 0))
        },
      ),
    )
  })

  test('covers a change between iat and both, and is bounded by the nonce where iat may be any number', () => {
    const at = (freshness: 'iat' | 'nonce' | 'both', iat: number) =>
      proofExpiry(iat, 200, { ...defaultProofPolicy, freshness })
    expect([at('iat', 100), at('both', 100), at('nonce', 100)]).toEqual([201, 201, 201])
    expect([at('iat', 190), at('both', 190), at('nonce', 190)]).toEqual([211, 211, 201])
    expect(at('nonce', 1e300)).toBe(201)
    expect(proofExpiry(100, undefined, { ...defaultProofPolicy, freshness: 'nonce' })).toBe(121)
    expect(proofExpiry(100.5, undefined, defaultProofPolicy)).toBe(121)
  })
})

test('the window is lifetime and tolerance back, tolerance ahead', () => {
  expect(iatWindow(100, defaultProofPolicy)).toEqual({ earliest: 80, latest: 110 })
})

describe('proofPolicy', () => {
  test('is the default with changes', () => {
    expect(proofPolicy({})).toEqual(defaultProofPolicy)
    expect(proofPolicy({ lifetime: 60, algs: ['ES384'] })).toEqual({
      ...defaultProofPolicy,
      lifetime: 60,
      algs: ['ES384'],
    })
    expect(proofPolicy({ lifetime: 3600, tolerance: 600 }).tolerance).toBe(600)
    expect(proofPolicy({ tolerance: 0 }).tolerance).toBe(0)
  })

  test.each([
    { algs: [] },
    { algs: ['RS256' as 'PS256'] },
    { algs: ['none' as 'PS256', 'ES256' as const] },
    { lifetime: 0 },
    { lifetime: -1 },
    { lifetime: Number.NaN },
    { lifetime: 3601 },
    { tolerance: -1 },
    { tolerance: 601 },
    { tolerance: Number.NaN },
    { freshness: 'none' as 'iat' },
    { maxProof: 0 },
    { maxJti: 1.5 },
    { maxNonce: Number.POSITIVE_INFINITY },
  ])('refuses %j at start', (settings) => expect(() => proofPolicy(settings)).toThrow(TypeError))
})
