// npm run e2e [-- Playwright's arguments]: the whole platform on free ports, in a real browser and with foreign clients.
import { join } from 'node:path'
import process from 'node:process'
import { run, stopOnSignals } from './child-processes.mjs'
import { turbo } from './set-up.mjs'
import { root } from './settings.mjs'
import { complain, step } from './terminal.mjs'

/**
 * Builds beside npm start's own build (.next-test) and runs Playwright. Resolves with its exit code.
 * @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export async function e2e(args, env = {}) {
  await step('Building for the browser tests', (now) => turbo(['build:test'], {}, now))
  const { code } = await run(join(root, 'node_modules/.bin/playwright'), ['test', ...args], {
    cwd: join(root, 'e2e'),
    env: { ...process.env, ...env },
    show: true,
    anyCode: true,
  })
  return code
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  stopOnSignals(() => 130)
  try {
    process.exit(await e2e(process.argv.slice(2)))
  } catch (error) {
    complain(error)
    process.exit(1)
  }
}
