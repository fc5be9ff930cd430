import { expect, it } from 'vitest'
import { matrixCsv } from './matrix-csv.ts'

it('is a table that a spreadsheet reads, commas and quotes and all', () => {
  const attack = {
    number: 3,
    id: 'replay',
    title: 'Again, "the same"',
    story: '',
    why: '',
    code: { file: 'a.ts', line: 'a' },
    definition: { file: 'b.ts', line: 'b' },
    test: { file: 'c.test.ts', line: 'c' },
  }
  const described = [
    { ...attack, expected: { withNonce: ['jti.unused'], withoutNonce: ['jti.unused'] } },
  ] as const
  const outcome = {
    attack: 'replay',
    column: 'dpop',
    result: 'stopped',
    by: ['a.b', 'c.d'],
    asExpected: true,
    took: 5,
  } as const
  expect(matrixCsv(described, [{ ...outcome, exchanges: [], decisive: [] }])).toBe(
    'number,attack,column,result,by,as expected,milliseconds\r\n3,"Again, ""the same""",dpop,stopped,a.b c.d,true,5',
  )
})
