import { createKeyCache } from '@keybound/dpop'
import { expect, test } from 'vitest'
import { caseAt } from './case.ts'
import { judgeCase, nonces } from './judge-case.ts'

const keys = createKeyCache()
const cases = 50_000
const parts = 10

// Split, so that a slow machine shows progress and a failure names its range. `npm run fuzz -- --only N --seed 20` shows one case.
for (let part = 0; part < parts; part++) {
  const from = (part * cases) / parts
  const to = ((part + 1) * cases) / parts
  test(`cases ${from} to ${to - 1}: no crash, no false accept, no false refusal, one verdict, nobody held up (N-019)`, async () => {
    const faults: string[] = []
    let accepted = 0
    for (let index = from; index < to; index++) {
      const fuzzCase = await caseAt(20, index, nonces.issue)
      const result = await judgeCase(fuzzCase, { keys })
      if (result.accepted) accepted++
      for (const what of result.faults) faults.push(`${index} (${fuzzCase.mutations.join(' + ')}): ${what}`)
    }
    expect(faults).toEqual([])
    expect(accepted).toBeGreaterThan((to - from) / 10)
  }, 120_000)
}
