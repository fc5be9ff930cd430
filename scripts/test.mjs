// npm test: everything, from a fresh clone. It may run beside npm start: own ports, own data, own build folder.
// The last line is the sum: "N passed, N failed", with ", N skipped" and ", N at the second try" where there were any.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { check } from './check.mjs'
import { run, stopOnSignals } from './child-processes.mjs'
import { interop } from './interop.mjs'
import { playwright } from './playwright.mjs'
import { install, requireNode, turbo } from './set-up.mjs'
import { root } from './settings.mjs'
import { bold, complain, say, step } from './terminal.mjs'

// Every temporary folder of the run lies in this one, open to the user a test server runs as, and goes with it.
const temporary = mkdtempSync(join(tmpdir(), 'keybound-test-'))
chmodSync(temporary, 0o755)
process.env.TMPDIR = temporary
process.on('exit', () => rmSync(temporary, { recursive: true, force: true, maxRetries: 10 }))
stopOnSignals(() => 130)

const total = { passed: 0, failed: 0, skipped: 0, flaky: 0 }
/** What went wrong without being a test, such as a build that failed. @type {string[]} */
const faults = []

try {
  requireNode()
  await install()
  await step('Generating the Prisma client', (now) => turbo(['generate'], {}, now))
  for (const failed of await check()) faults.push(`check: ${failed}`)
  await part('unit and protocol tests', vitest)
  await part('browser tests', () => counted((env) => playwright('e2e', [], env)))
  await part('interoperability', () => counted((env) => interop({ env })))
} catch (error) {
  complain(error)
  faults.push('set-up')
}

for (const fault of faults) say(`Failed: ${fault}`)
say(
  [
    `\n${total.passed} passed`,
    `${total.failed + faults.length} failed`,
    ...(total.skipped > 0 ? [`${total.skipped} skipped`] : []),
    ...(total.flaky > 0 ? [`${total.flaky} at the second try`] : []),
  ].join(', '),
)
process.exit(total.failed + faults.length > 0 ? 1 : 0)

/** @param {string} name @param {() => Promise<{ code: number, passed: number, failed: number, skipped: number, flaky?: number }>} work */
async function part(name, work) {
  say(`\n${bold(name)}\n`)
  try {
    const { code, passed, failed, skipped, flaky = 0 } = await work()
    total.passed += passed
    total.failed += failed
    total.skipped += skipped
    total.flaky += flaky
    if (code !== 0 && failed === 0) faults.push(`${name} (exit code ${code})`)
  } catch (error) {
    complain(error)
    faults.push(name)
  }
}

async function vitest() {
  const report = join(temporary, 'vitest.json')
  const { code } = await run(
    join(root, 'node_modules/.bin/vitest'),
    // A loaded machine is slow, not wrong: a test that hangs is found a minute later.
    ['run', '--testTimeout=60000', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: root, show: true, anyCode: true },
  )
  const {
    numPassedTests = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
    testResults = [],
  } = read(report)
  const broken = testResults.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ test) => test.status === 'failed'),
  ).length
  return {
    code,
    passed: numPassedTests,
    failed: numFailedTests + broken,
    skipped: numPendingTests + numTodoTests,
  }
}

/** A run of Playwright, with its sums. @param {(env: NodeJS.ProcessEnv) => Promise<number>} work */
async function counted(work) {
  const report = join(temporary, 'playwright.json')
  rmSync(report, { force: true })
  const code = await work({ PLAYWRIGHT_JSON_OUTPUT_FILE: report })
  const { stats = {}, errors = [] } = read(report)
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats
  return { code, passed: expected + flaky, failed: unexpected + errors.length, skipped, flaky }
}

/** @param {string} file @returns {any} */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}
