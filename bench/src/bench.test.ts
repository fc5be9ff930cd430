import { expect, test } from 'vitest'
import { benchCreate } from './create/create.ts'
import { ratiosTo } from './paired.ts'
import { formatSection } from './section.ts'
import { benchGarbage } from './verify/garbage.ts'
import { benchVerify } from './verify/verify.ts'

test('every verifier accepts a good proof, refuses another client’s, and is compared round by round', async () => {
  const sections = await benchVerify({ size: 5, rounds: 2, warmup: 0 })
  expect(sections.map(({ rows }) => rows.length)).toEqual([8, 8, 8, 2])
  for (const section of sections) expect(formatSection(section)).toMatch(/ratio: to "one raw/)
})

test('garbage is refused and good proofs are accepted, by known keys and by new ones', async () => {
  const { rows } = await benchGarbage({ size: 5, rounds: 2, warmup: 0 })
  expect(rows).toHaveLength(7)
})

test('every creator makes a proof', async () => {
  const sections = await benchCreate({ size: 5, rounds: 2, warmup: 0 })
  expect(sections.map(({ rows }) => rows.length)).toEqual([7, 3])
  for (const { rows } of sections) expect(rows.every(({ microseconds }) => microseconds > 0)).toBe(true)
})

test('a ratio is the median of the rounds, each against the baseline of its own round', () => {
  const timed = (...elapsed: number[]) => elapsed.map((time) => ({ elapsed: time, cpu: 2 * time }))
  const timings = new Map([
    ['floor', timed(10, 20, 10)],
    ['other', timed(20, 40, 100)],
  ])
  const other = ratiosTo('floor', timings).find(({ name }) => name === 'other')
  expect(other).toMatchObject({ ratio: 0.5, elapsedRatio: 0.5, microseconds: 40 })
})
