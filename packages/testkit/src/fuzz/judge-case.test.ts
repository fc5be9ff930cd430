import { checkProof, explainProof, type Proof } from '@keybound/dpop'
import { expect, test } from 'vitest'
import { caseAt } from './case.ts'
import { judgeCase, nonces } from './judge-case.ts'

// Whether the fuzzer can fail: a verifier that forgets one rule, and one that refuses for no reason, are both found.

const rules = [
  'jwt.wellformed',
  'typ.dpop',
  'alg.allowed',
  'crit.none',
  'jwk.public',
  'claims.required',
  'htm.match',
  'htu.match',
  'iat.window',
  'nonce.match',
  'sig.valid',
  'ath.match',
]

test('a verifier that forgets any one rule is caught within a few thousand cases', async () => {
  const caught = new Set<string>()
  for (let index = 0; index < 6000 && caught.size < rules.length; index++) {
    const fuzzCase = await caseAt(11, index, nonces.issue)
    const broken = await failedRules(fuzzCase)
    const [rule] = broken
    if (rule === undefined || broken.length > 1 || caught.has(rule)) continue
    const { faults } = await judgeCase(fuzzCase, { check: async () => asAccepted(fuzzCase.proof) })
    if (faults.some((fault) => fault.startsWith('accepted, but the oracle refuses'))) caught.add(rule)
  }
  expect([...caught].sort()).toEqual([...rules].sort())
}, 60_000)

test('a verifier that refuses a good proof, or breaks, is caught at once', async () => {
  const good = await firstAcceptable()
  const refusing: typeof checkProof = (_, expected) => checkProof('', expected)
  expect((await judgeCase(good, { check: refusing })).faults).toContain(
    'a good proof was refused by header.single',
  )
  const breaking: typeof checkProof = () => Promise.reject(new TypeError('x'))
  expect((await judgeCase(good, { check: breaking })).faults).toEqual(['threw TypeError: x'])
  expect((await judgeCase(good)).faults).toEqual([])
})

test('a verifier that holds everything else up for a tenth of a second is caught (N-019)', async () => {
  const good = await firstAcceptable()
  const brooding: typeof checkProof = (proof, expected) => {
    const before = process.cpuUsage()
    for (let spent = 0; spent < 120_000; ) spent = process.cpuUsage(before).user
    return checkProof(proof, expected)
  }
  expect((await judgeCase(good, { check: brooding })).faults).toEqual([
    expect.stringMatching(/^took \d+ ms of CPU$/),
  ])
}, 60_000)

/** The rules that fail for a case, each judged for itself. */
async function failedRules({ proof, expected }: Awaited<ReturnType<typeof caseAt>>): Promise<string[]> {
  const { nonces: wanted, freshness: _, ...request } = expected
  const verdict = await explainProof(proof, { ...request, ...(wanted ? { nonces } : {}) })
  return verdict.checks
    .filter(({ status }) => status === 'fail' || status === 'challenge')
    .map(({ id }) => id)
}

function asAccepted(proof: string): Proof {
  return { jkt: '', jti: '', expiresAt: Number.POSITIVE_INFINITY, text: proof } as unknown as Proof
}

async function firstAcceptable() {
  for (let index = 0; ; index++) {
    const fuzzCase = await caseAt(12, index, nonces.issue)
    if (fuzzCase.acceptable) return fuzzCase
  }
}
