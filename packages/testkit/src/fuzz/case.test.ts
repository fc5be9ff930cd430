import { expect, test } from 'vitest'
import { judgeProof } from '../oracle/index.ts'
import { caseAt } from './case.ts'
import { lifetime, tolerance } from './draft.ts'
import { mutations } from './mutations/index.ts'

const nonceAt = (now: number) => `nonce-of-${Math.floor(now / 60)}`
const supplied = (now: number) => new Set([nonceAt(now), nonceAt(now - 60)])

test('the same seed and number give the same unsigned case, whatever ran before', async () => {
  for (const index of [0, 7, 4999]) {
    const [first, again] = [await caseAt(1, index, nonceAt), await caseAt(1, index, nonceAt)]
    expect(again.mutations).toEqual(first.mutations)
    expect(again.expected).toEqual(first.expected)
    expect(again.proof.split('.').slice(0, 2)).toEqual(first.proof.split('.').slice(0, 2))
  }
  expect((await caseAt(2, 0, nonceAt)).proof).not.toBe((await caseAt(1, 0, nonceAt)).proof)
})

test('the oracle accepts what the generator calls acceptable, and refuses most of the rest', async () => {
  const seen = new Set<string>()
  let refused = 0
  let changed = 0
  for (let index = 0; index < 3000; index++) {
    const { proof, expected, acceptable, mutations: made } = await caseAt(3, index, nonceAt)
    const { nonces, freshness, ...rest } = expected
    const anyClock = nonces && freshness === 'nonce'
    const judged = judgeProof(proof, {
      ...rest,
      ...(nonces ? { nonces: supplied(expected.now) } : {}),
      back: anyClock ? 1e9 : lifetime + tolerance,
      ahead: anyClock ? 1e9 : tolerance,
    })
    for (const name of made) seen.add(name)
    if (acceptable) expect(judged, `${index}: ${made.join(', ')}`).toMatchObject({ accepted: true })
    else changed++
    if (!judged.accepted) refused++
  }
  expect(refused / changed).toBeGreaterThan(0.7)
  expect([...mutations].filter(({ name }) => !seen.has(name)).map(({ name }) => name)).toEqual([])
})
