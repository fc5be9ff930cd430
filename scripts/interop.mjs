// npm run interop [-- Playwright's arguments]: software that nobody here wrote against the whole platform, and docs/interop.md from the run.
import { join } from 'node:path'
import process from 'node:process'
import { CommandFailed, run, stopOnSignals } from './child-processes.mjs'
import { playwright } from './playwright.mjs'
import { turbo } from './set-up.mjs'
import { root } from './settings.mjs'
import { complain, step } from './terminal.mjs'

/**
 * Builds the Spring applications where that is possible and the examples with next-auth, then runs the rows. Resolves with Playwright's exit code.
 * @param {{ args?: string[], env?: NodeJS.ProcessEnv }} [options]
 */
export async function interop({ args = [], env = {} } = {}) {
  const missing = await step('Building interop/spring (the first time downloads 64 MB)', buildSpring)
  await step('Building the examples with next-auth', (now) =>
    turbo(['build', '--filter=./examples/*'], {}, now),
  )
  return playwright('interop', args, { ...env, ...(missing && { INTEROP_WITHOUT_SPRING: missing }) })
}

/** Why there are no Spring applications, if so. What does not compile is thrown. @param {(line: string) => void} now */
async function buildSpring(now) {
  for (const command of ['java', 'mvn']) {
    const found = await run(command, ['-version']).catch(() => undefined)
    if (!found) return `${command} not found`
  }
  try {
    await run('mvn', ['--batch-mode', '--no-transfer-progress', 'package'], {
      cwd: join(root, 'interop/spring'),
      onLine: now,
    })
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error
    if (!error.lines.some((line) => /Could not (transfer|resolve|find) |Non-resolvable/.test(line)))
      throw error
    return 'the Maven repository cannot be reached'
  }
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const args = process.argv.slice(2)
  stopOnSignals(() => 130)
  try {
    // A part of the rows makes no matrix.
    process.exit(await interop({ args, env: args.length === 0 ? { INTEROP_WRITE: '1' } : {} }))
  } catch (error) {
    complain(error)
    process.exit(1)
  }
}
