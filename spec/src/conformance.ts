import type { Case, Clause } from './catalogue.ts'
import type { TestResult } from './results.ts'

/** A row of a catalogue with the tests that name it and what came of them. */
export interface Coverage {
  readonly id: string
  readonly outcome: 'proved' | 'failing' | 'untested' | 'exception' | 'not-ours'
  readonly tests: readonly { readonly title: string; readonly file: string; readonly result: string }[]
}

/** Failing before untested before proved: one failed test makes a clause failing, skipped ones alone leave it untested. */
export function coverageOf(
  rows: readonly { readonly id: string; readonly status?: string }[],
  results: readonly TestResult[],
): Coverage[] {
  return rows.map(({ id, status }) => {
    const tests = results
      .filter((result) => result.ids.includes(id))
      .map(({ title, file, result }) => ({ title, file, result }))
      .sort((a, b) => (`${a.file} ${a.title}` < `${b.file} ${b.title}` ? -1 : 1))
    return { id, outcome: outcomeOf(status, tests), tests }
  })
}

function outcomeOf(status: string | undefined, tests: Coverage['tests']): Coverage['outcome'] {
  if (tests.some((test) => test.result === 'failed')) return 'failing'
  if (status === 'exception' || status === 'not-ours') return status
  if (tests.some((test) => test.result === 'passed')) return 'proved'
  return 'untested'
}

/** docs/conformance.md: every clause, the tests that prove it and what came of them. */
export function conformanceDocument(parts: {
  readonly clauses: readonly Clause[]
  readonly companions: readonly Clause[]
  readonly operations: readonly Clause[]
  readonly cases: readonly Case[]
  readonly coverage: ReadonlyMap<string, Coverage>
}): string {
  const count = (rows: readonly { id: string }[]) => {
    const totals = new Map<string, number>()
    for (const { id } of rows) {
      const outcome = parts.coverage.get(id)?.outcome ?? 'untested'
      totals.set(outcome, (totals.get(outcome) ?? 0) + 1)
    }
    return [...totals].map(([outcome, n]) => `${n} ${outcome}`).join(' · ')
  }
  const provenBy = (id: string) =>
    parts.coverage
      .get(id)
      ?.tests.map(
        ({ title, file, result }) =>
          `${result === 'passed' ? '' : `**${result}** `}[${cell(title)}](../${file})`,
      )
      .join('<br>') ?? ''
  const clauseTable = (rows: readonly Clause[]) => [
    '| clause | role | level | requirement | outcome | tests |',
    '|---|---|---|---|---|---|',
    ...rows.map(({ id, role, level, says, reason }) => {
      const outcome = parts.coverage.get(id)?.outcome ?? 'untested'
      const why = outcome === 'exception' || outcome === 'not-ours' ? cell(reason ?? '') : ''
      return `| ${id} | ${role} | ${level} | ${cell(says)} | ${outcome} | ${[why, provenBy(id)].filter(Boolean).join('<br>')} |`
    }),
  ]
  return [
    '# Conformance',
    '',
    '<!-- Written by `npm run spec`. Do not edit: edit spec/*.json or the tests. -->',
    '',
    'Every clause of RFC 9449 in our own words, and the tests that prove it. A title ends in the ids of the clauses that it',
    'proves; `npm test` fails when a MUST has neither a test nor a written reason.',
    '',
    `RFC 9449: ${count(parts.clauses)}.  `,
    `Companion specifications: ${count(parts.companions)}.  `,
    `Operations: ${count(parts.operations)}.  `,
    `Security cases: ${count(parts.cases)}.`,
    '',
    '## RFC 9449',
    '',
    ...clauseTable(parts.clauses),
    '',
    '## Companion specifications',
    '',
    ...clauseTable(parts.companions),
    '',
    '## Operations',
    '',
    'What is promised to whoever operates the servers, hardened mode above all.',
    '',
    ...clauseTable(parts.operations),
    '',
    '## Security cases',
    '',
    '| case | surface | input | expected | outcome | tests |',
    '|---|---|---|---|---|---|',
    ...parts.cases.map(
      ({ id, surface, input, expected, reason }) =>
        `| ${id} | ${surface} | ${cell(input)} | ${cell(expected)} | ${parts.coverage.get(id)?.outcome ?? ''} | ${provenBy(id) || cell(reason ?? '')} |`,
    ),
    '',
  ].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ')
}
