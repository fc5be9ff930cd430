import { expect, test } from 'vitest'
import { benchCreate } from './create/create.ts'
import { ratiosTo } from './paired.ts'
import { formatSection } from './section.ts'
import { benchVerify } from './verify/verify.ts'

test('every verifier accepts a good proof, refuses another client’s, and is compared round by round', async () => {
  const sections = await benchVerify({ size: 5, rounds: 2 })
  expect(sections.map(({ rows }) => rows.length)).toEqual([8, 8, 8])
  for (const section of sections) expect(formatSection(section)).toContain('ratio: to "one raw verify')
})

test('every creator makes a proof', async () => {
  const [section] = await benchCreate({ size: 5, rounds: 2 })
  expect(section?.rows.every(({ microseconds }) => microseconds > 0)).toBe(true)
})

test('a ratio is the median of the rounds, each against the baseline of its own round', () => {
  const timings = new Map([
    ['floor', [10, 20, 10]],
    ['other', [20, 40, 100]],
  ])
  const other = ratiosTo('floor', timings).find(({ name }) => name === 'other')
  expect(other).toMatchObject({ ratio: 0.5, lowest: 0.1, highest: 0.5, microseconds: 40 })
})
