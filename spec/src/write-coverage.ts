import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { clauses, companionClauses, knownIds, securityCases } from './catalogue.ts'
import { conformanceDocument, coverageOf } from './conformance.ts'
import { fromPlaywright, fromVitest, type TestResult } from './results.ts'
import { root } from './source-files.ts'

/**
 * `npm run spec`: runs every vitest project, reads what came of each test that names a clause, and writes spec/coverage.json
 * and docs/conformance.md. `--vitest FILE` takes a JSON report that is there already instead of running; `--playwright FILE`
 * adds the browser's (default: test-results/report.json, where it exists). Exits 1 when a clause's test fails or names an unknown id.
 */
function main(): void {
  const results = [...vitestResults(), ...playwrightResults()].filter((result) => result.ids.length > 0)
  const rows = [...clauses, ...companionClauses, ...securityCases]
  const coverage = coverageOf(rows, results)
  write('spec/coverage.json', `${JSON.stringify(coverage, null, 2)}\n`)
  const byId = new Map(coverage.map((row) => [row.id, row]))
  const document = { clauses, companions: companionClauses, cases: securityCases, coverage: byId }
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

function vitestResults(): TestResult[] {
  const given = option('--vitest')
  if (given) return fromVitest(JSON.parse(readFileSync(given, 'utf8')))
  const folder = mkdtempSync(join(tmpdir(), 'keybound-spec-'))
  try {
    const report = join(folder, 'report.json')
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    const args = [vitest, 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`]
    spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' })
    return fromVitest(JSON.parse(readFileSync(report, 'utf8')))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function playwrightResults(): TestResult[] {
  const path = option('--playwright') ?? join(root, 'test-results', 'report.json')
  return existsSync(path) ? fromPlaywright(JSON.parse(readFileSync(path, 'utf8'))) : []
}

function option(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

function write(path: string, text: string): void {
  writeFileSync(join(root, path), text)
}

main()
