import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { clauses, companionClauses, knownIds, operationsPromises, securityCases } from './catalogue.ts'
import { type Coverage, conformanceDocument, coverageOf } from './conformance.ts'
import type { TestResult } from './results.ts'
import { playwrightResults, vitestResults } from './run-tests.ts'
import { root } from './source-files.ts'

/**
 * `npm run spec`: runs every vitest project, reads what came of each test that names a clause, and writes spec/coverage.json and
 * docs/conformance.md. The browser tests take part with `--e2e`; without it their results are those of the last time they did.
 * `--vitest FILE` and `--playwright FILE` take JSON reports that are there already. Exits 1 when a clause's test fails or names an unknown id.
 */
function main(): void {
  const seen = [...vitestResults(option('--vitest')), ...browserResults()]
  const results = seen.filter((result) => result.ids.length > 0)
  const rows = [...clauses, ...companionClauses, ...operationsPromises, ...securityCases]
  const coverage = coverageOf(rows, results)
  write('spec/coverage.json', `${JSON.stringify(coverage, null, 2)}\n`)
  const byId = new Map(coverage.map((row) => [row.id, row]))
  const document = {
    clauses,
    companions: companionClauses,
    operations: operationsPromises,
    cases: securityCases,
    coverage: byId,
  }
  write('docs/conformance.md', conformanceDocument(document))

  const failing = coverage.filter((row) => row.outcome === 'failing').map((row) => row.id)
  const unknown = results.flatMap((result) => result.ids).filter((id) => !knownIds.has(id))
  const untested = clauses.filter((clause) => byId.get(clause.id)?.outcome === 'untested').map(({ id }) => id)
  console.log(
    `${results.length} tests name a clause; spec/coverage.json and docs/conformance.md are written.`,
  )
  if (untested.length > 0) console.log(`RFC 9449, no passing test: ${untested.join(' ')}`)
  if (failing.length > 0) console.log(`Failing: ${failing.join(' ')}`)
  if (unknown.length > 0) console.log(`Unknown ids: ${unknown.join(' ')}`)
  process.exitCode = failing.length > 0 || unknown.length > 0 ? 1 : 0
}

function browserResults(): TestResult[] {
  const given = option('--playwright')
  return given !== undefined || process.argv.includes('--e2e')
    ? playwrightResults(given)
    : lastBrowserResults()
}

/** The browser tests of the last coverage, one entry for each, with the ids that they were listed under. */
function lastBrowserResults(): TestResult[] {
  const path = join(root, 'spec/coverage.json')
  if (!existsSync(path)) return []
  const last = JSON.parse(readFileSync(path, 'utf8')) as Coverage[]
  return last.flatMap(({ id, tests }) =>
    tests
      .filter(({ file }) => file.startsWith('e2e/') && existsSync(join(root, file)))
      .map(({ title, file, result }) => ({ ids: [id], title, file, result: result as TestResult['result'] })),
  )
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text)
}

main()
