import { expect, test } from 'vitest'
import { coverageOf } from './conformance.ts'
import { fromPlaywright, fromVitest } from './results.ts'
import { root } from './source-files.ts'

const vitestReport = (status: string) => ({
  testResults: [
    {
      name: `${root}/packages/x/a.test.ts`,
      assertionResults: [
        { ancestorTitles: ['the server (S-003)'], title: 'refuses it (DPOP-4.3-08, S-002)', status },
      ],
    },
  ],
})

test('reads the ids, the claim and the place out of a vitest report', () => {
  expect(fromVitest(vitestReport('passed'))).toEqual([
    {
      ids: ['S-003', 'DPOP-4.3-08', 'S-002'],
      title: 'the server refuses it',
      file: 'packages/x/a.test.ts',
      result: 'passed',
    },
  ])
})

test('reads nested suites out of a Playwright report', () => {
  const spec = { title: 'is useless (S-002)', file: 'stolen.spec.ts', tests: [{ status: 'expected' }] }
  const report = { config: { rootDir: `${root}/e2e` }, suites: [{ specs: [], suites: [{ specs: [spec] }] }] }
  expect(fromPlaywright(report)).toEqual([
    { ids: ['S-002'], title: 'is useless', file: 'e2e/stolen.spec.ts', result: 'passed' },
  ])
})

test('a failed test makes its clause failing, a skipped one proves nothing, an exception stays one', () => {
  const outcome = (status: string, clause = 'tested') =>
    coverageOf([{ id: 'DPOP-4.3-08', status: clause }], fromVitest(vitestReport(status)))[0]?.outcome
  expect(outcome('passed')).toBe('proved')
  expect(outcome('failed')).toBe('failing')
  expect(outcome('skipped')).toBe('untested')
  expect(outcome('passed', 'exception')).toBe('exception')
  expect(coverageOf([{ id: 'S-003' }], [])[0]?.outcome).toBe('untested')
})
