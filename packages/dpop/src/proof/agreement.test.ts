import { OAuthError } from '@keybound/oauth'
import { testKeys } from '@keybound/testkit'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyText } from '../../test/any-text.ts'
import { CHECKS } from '../checks.ts'
import { signerFromJwk } from '../key/signer.ts'
import { createNonces } from '../nonce/nonces.ts'
import { forgeProof } from '../testing/forge-proof.ts'
import { PROOF_DEFECTS, type ProofDefect } from '../testing/proof-defects.ts'
import { checkProof, PROOF_CHECKS } from './check-proof.ts'
import { explainProof } from './explain-proof.ts'
import type { ExpectedProof } from './proof.ts'
import { proofPolicy } from './proof-policy.ts'

const now = 1_800_000_000
const signer = await signerFromJwk(testKeys.ES256.privateJwk)
const nonces = createNonces({ secret: 'the secret of the server under test' })
const nonce = await nonces.issue(now)
const request = { method: 'GET', url: 'https://rs.example/api/profile', accessToken: 'abc' }

const expectations: fc.Arbitrary<ExpectedProof> = fc.record({
  method: fc.constantFrom('GET', 'POST'),
  url: fc.constantFrom(
    request.url,
    'https://RS.example:443/api/./profile?x',
    'http://rs.example/api/profile',
    'not a url',
  ),
  accessToken: fc.constantFrom('abc', 'def', undefined),
  nonces: fc.constantFrom(nonces, undefined),
  now: fc.constantFrom(now, now + 15, now + 3600),
  policy: fc
    .record({
      freshness: fc.constantFrom('iat', 'nonce', 'both'),
      algs: fc.constantFrom(['ES256' as const], ['PS256' as const]),
    })
    .map(proofPolicy),
})

/** Values that can stand anywhere in a proof: of every type, and some that belong elsewhere. */
const anything = fc.oneof(
  fc.constantFrom(
    undefined,
    null,
    true,
    0,
    -1,
    1e300,
    now,
    now * 1000,
    '',
    'GET',
    'dpop+jwt',
    'ES256',
    'none',
    nonce,
    [],
    {},
    ['verify'],
    '\ud800',
  ),
  fc.string(),
  fc.jsonValue({ maxDepth: 2 }),
)
const header = fc.dictionary(fc.constantFrom('typ', 'alg', 'jwk', 'crit', 'b64', 'kid'), anything, {
  maxKeys: 2,
})
const claims = fc.dictionary(
  fc.constantFrom('jti', 'htm', 'htu', 'iat', 'nonce', 'ath', 'exp', 'nbf', 'sub'),
  anything,
  { maxKeys: 3 },
)
const defect = fc.option(
  fc.constantFrom(
    ...(Object.keys(PROOF_DEFECTS) as ProofDefect[]).filter(
      (name) => !['alg-unadvertised', 'jwk-weak-rsa'].includes(name),
    ),
  ),
  { nil: undefined },
)

const structured = fc.record({ header, claims, defect }).map((parts) => async () => {
  const value = await forgeProof(signer, { ...request, nonce, now, ...parts })
  return Array.isArray(value) ? value.join(', ') : value
})
const damaged = fc
  .tuple(structured, fc.nat(2000), fc.constantFrom('', '.', ',', '=', 'A', '\u0000', 'é'))
  .map(([make, at, insert]) => async () => {
    const text = await make()
    return text.slice(0, at % (text.length + 1)) + insert + text.slice((at % (text.length + 1)) + 1)
  })
const raw = anyText.map((text) => async () => text)

describe('checkProof and explainProof', () => {
  test('agree for any input: the first row that did not pass is the reason, and nothing but OAuthError is thrown', async () => {
    const reasons = new Set<string>()
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 4, arbitrary: structured }, { weight: 2, arbitrary: damaged }, raw),
        expectations,
        async (make, expected) => {
          const text = await make()
          const verdict = await explainProof(text, expected)
          const first = verdict.checks.find(({ status }) => status === 'fail' || status === 'challenge')
          const reason = await checkProof(text, expected).then(
            () => undefined,
            (error: unknown) => (error instanceof OAuthError ? error.reason : Promise.reject(error)),
          )
          reasons.add(reason ?? 'accepted')
          expect(reason).toBe(first?.id)
          expect(verdict.outcome).toBe(
            first === undefined ? 'accepted' : first.status === 'challenge' ? 'challenged' : 'rejected',
          )
        },
      ),
      { numRuns: 1500 },
    )
    expect(reasons.size, 'the property was asked of many kinds of refusal').toBeGreaterThan(8)
  }, 60_000)
})

describe('a verdict', () => {
  const expected = { ...request, nonces, now, policy: proofPolicy({}) }

  test('has every check in order, and says of a skipped one why', async () => {
    const good = String(await forgeProof(signer, { ...request, nonce, now }))
    const { outcome, checks } = await explainProof(good, { ...expected, jkt: signer.jkt })
    expect(outcome).toBe('accepted')
    expect(checks.map(({ id }) => id)).toEqual(CHECKS.map(({ id }) => id))
    for (const { status, because } of checks) if (status === 'skipped') expect(because).toMatch(/\.$/)
    const passed = checks.filter(({ status }) => status === 'pass').map(({ id }) => id)
    expect(passed).toEqual([...PROOF_CHECKS.map(({ id }) => id), 'jkt.match'])
    expect(Object.keys(checks[0] ?? {}).sort()).toEqual(['because', 'clause', 'id', 'requirement', 'status'])
    for (const check of checks) expect(check).not.toHaveProperty('until')
  })

  test('goes on behind a failure and judges what can still be judged', async () => {
    const bad = String(
      await forgeProof(signer, {
        ...request,
        nonce,
        now,
        defect: 'htm-other',
        claims: { jti: 1, htu: 'https://other.example/' },
      }),
    )
    const { checks } = await explainProof(bad, expected)
    expect(checks.filter(({ status }) => status === 'fail').map(({ id }) => id)).toEqual([
      'claims.required',
      'htm.match',
      'htu.match',
    ])
    expect(checks.find(({ id }) => id === 'sig.valid')?.status).toBe('pass')
  })

  test('needs what it is not given, and says so', async () => {
    const { outcome, checks } = await explainProof(String(await forgeProof(signer, { ...request, now })))
    const skipped = checks.filter(({ status }) => status === 'skipped')
    expect(outcome).toBe('accepted')
    expect(skipped.map(({ because }) => because).join(' ')).toMatch(
      /Needs the method.*Needs the URL.*Needs the time.*No nonce.*No access token/,
    )
  })

  test('of nothing is that there is no proof', async () => {
    const { outcome, checks } = await explainProof(undefined, expected)
    expect(outcome).toBe('rejected')
    expect(checks.filter(({ status }) => status !== 'skipped').map(({ id }) => id)).toEqual(['header.single'])
  })

  test('takes from its caller what lies outside the proof', async () => {
    const good = String(await forgeProof(signer, { ...request, nonce, now }))
    const findings = {
      'token.valid': { status: 'pass' },
      'jti.unused': { status: 'fail', because: 'Used.' },
    } as const
    const { outcome, checks } = await explainProof(good, {
      ...expected,
      findings,
      jkt: testKeys.otherES256.jkt,
    })
    expect(outcome).toBe('rejected')
    const told = checks.filter(({ id }) => ['token.valid', 'jkt.match', 'jti.unused'].includes(id))
    expect(told.map(({ status }) => status)).toEqual(['pass', 'fail', 'fail'])
    expect(told[1]).toMatchObject({ expected: testKeys.otherES256.jkt, received: signer.jkt })
    const noKey = await explainProof('x', { jkt: signer.jkt })
    expect(noKey.checks.find(({ id }) => id === 'jkt.match')?.status).toBe('skipped')
  })
})
