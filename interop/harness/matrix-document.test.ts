import { expect, test } from 'vitest'
import { isInMatrix, type MatrixRow, matrixDocument } from './matrix-document.ts'

const row: MatrixRow = {
  product: 'openid-client',
  version: '6.8.9',
  role: 'client',
  exercised: ['PAR', 'refresh'],
  findings: [],
  result: 'passed',
}

test('the document has a row for each, clients first, and a section for whoever has findings', () => {
  const server = {
    ...row,
    product: 'oidc-provider',
    role: 'authorization server',
    findings: ['It is strict.'],
  }
  const document = matrixDocument([server, row])
  expect(document.indexOf('| openid-client |')).toBeLessThan(document.indexOf('| oidc-provider |'))
  expect(document).toContain('### oidc-provider (authorization server)\n\n- It is strict.\n')
  expect(document).not.toContain('### openid-client')
})

test('a row is found whatever its version, and not when it exercises something else', () => {
  const document = matrixDocument([row])
  expect(isInMatrix({ ...row, version: '7.0.0' }, document)).toBe(true)
  expect(isInMatrix({ ...row, exercised: ['PAR'] }, document)).toBe(false)
  expect(isInMatrix({ ...row, product: 'openid' }, document)).toBe(false)
  expect(isInMatrix({ ...row, role: 'resource server' }, document)).toBe(false)
})

test('a row that did not pass says so', () => {
  expect(matrixDocument([{ ...row, exercised: [], result: 'skipped: mvn not found' }])).toContain(
    '| openid-client | 6.8.9 | client |  | skipped: mvn not found |',
  )
})
