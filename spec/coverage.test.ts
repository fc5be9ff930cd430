import { describe, expect, test } from 'vitest'
import {
  clauses,
  companionClauses,
  isMandatory,
  knownIds,
  operationsPromises,
  securityCases,
} from './src/catalogue.ts'
import { citations, citationsIn, idsInTitle } from './src/citations.ts'

const cited = citations()
const citedIds = new Set(cited.map((citation) => citation.id))

describe('the catalogue', () => {
  test('is a list of clauses with unique ids and a known status', () => {
    const all = [...clauses, ...companionClauses, ...operationsPromises, ...securityCases]
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length)
    for (const { id, status } of [...clauses, ...companionClauses, ...operationsPromises])
      expect(['tested', 'exception', 'not-ours'], id).toContain(status)
  })

  test('gives a reason for whatever is not tested', () => {
    for (const { id, status, reason } of [...clauses, ...companionClauses, ...operationsPromises])
      if (status === 'exception' || status === 'not-ours') expect(reason ?? '', id).toMatch(/\S.{20,}/)
  })
})

describe('the tests', () => {
  test('prove every MUST, MUST NOT and REQUIRED of RFC 9449 that no written reason excepts', () => {
    const open = clauses.filter((it) => isMandatory(it) && it.status === 'tested' && !citedIds.has(it.id))
    expect(open.map((clause) => `${clause.id} ${clause.says}`)).toEqual([])
  })

  test('prove whatever the catalogues call tested, at every level', () => {
    const open = [...clauses, ...companionClauses, ...operationsPromises].filter(
      (it) => it.status === 'tested' && !citedIds.has(it.id),
    )
    expect(open.map((clause) => `${clause.id} ${clause.says}`)).toEqual([])
  })

  test('cover every case of the proof, the resource and the authorization server that no written reason excepts', () => {
    const open = securityCases.filter(
      (it) => /^[PSTARIGU]-/.test(it.id) && !citedIds.has(it.id) && !it.reason,
    )
    expect(open.map(({ id, input }) => `${id} ${input}`)).toEqual([])
  })

  test('cover every case of the web app', () => {
    const open = securityCases.filter((it) => /^B-/.test(it.id) && !citedIds.has(it.id))
    expect(open.map(({ id, input }) => `${id} ${input}`)).toEqual([])
  })

  test('carry no id that no catalogue has', () => {
    const unknown = cited.filter((citation) => !knownIds.has(citation.id))
    expect(unknown.map(({ id, file, line }) => `${id} at ${file}:${line}`)).toEqual([])
  })
})

describe('the reader of citations', () => {
  test('sees ids given alone, in a list, over several lines, and in a hand-written title', () => {
    const source = [
      `requirement('DPOP-4.3-08', 'refuses another method', () => {})`,
      `requirement(\n  ['DPOP-7.2-01', "S-002"],\n  \`refuses \${it} as Bearer\`,\n  async () => {},\n)`,
      `test('a stolen token is useless (DPOP-7.2-01, S-009)', async () => {})`,
    ].join('\n')
    expect(citationsIn('x.test.ts', source).map(({ id, line }) => [id, line])).toEqual([
      ['DPOP-4.3-08', 1],
      ['DPOP-7.2-01', 2],
      ['S-002', 2],
      ['DPOP-7.2-01', 7],
      ['S-009', 7],
    ])
  })

  test('takes nothing for an id that only looks like one', () => {
    expect(idsInTitle('hashes (SHA-256) and reads (UTF-8), DPOP-4.3-08 in passing')).toEqual([])
    expect(citationsIn('x.test.ts', `requirement('DPOP-0-00', 'x', fn)`).map(({ id }) => id)).toEqual([
      'DPOP-0-00',
    ])
  })
})
