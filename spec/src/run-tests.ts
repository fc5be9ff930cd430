import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fromPlaywright, fromVitest, type TestResult } from './results.ts'
import { root } from './source-files.ts'

/** Runs every vitest project, or reads the JSON report given. */
export function vitestResults(report?: string): TestResult[] {
  if (report !== undefined) return fromVitest(JSON.parse(readFileSync(report, 'utf8')))
  return inTemporaryFolder((folder) => {
    const file = join(folder, 'vitest.json')
    const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
    runNode([
      vitest,
      'run',
      '--testTimeout=60000',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${file}`,
    ])
    return fromVitest(JSON.parse(readFileSync(file, 'utf8')))
  })
}

/** Builds the apps and runs the browser tests, or reads the JSON report given. */
export function playwrightResults(report?: string): TestResult[] {
  if (report !== undefined) return fromPlaywright(JSON.parse(readFileSync(report, 'utf8')))
  return inTemporaryFolder((folder) => {
    const file = join(folder, 'playwright.json')
    runNode([join(root, 'scripts', 'e2e.mjs')], { PLAYWRIGHT_JSON_OUTPUT_FILE: file })
    return fromPlaywright(JSON.parse(readFileSync(file, 'utf8')))
  })
}

/** What fails is in the report: the exit code says no more. */
function runNode(args: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
  const env = { ...process.env, ...environment }
  spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env })
}

function inTemporaryFolder<T>(work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'keybound-spec-'))
  try {
    return work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
