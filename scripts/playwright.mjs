// How npm run e2e, npm run interop and npm test run Playwright: the whole platform, built beside npm start's own build (.next-test).
import { join } from 'node:path'
import process from 'node:process'
import { run } from './child-processes.mjs'
import { turbo } from './set-up.mjs'
import { root } from './settings.mjs'
import { step } from './terminal.mjs'

/**
 * Builds and runs the tests of a workspace. Resolves with Playwright's exit code.
 * @param {'e2e' | 'interop'} workspace @param {string[]} args @param {NodeJS.ProcessEnv} [env]
 */
export async function playwright(workspace, args, env = {}) {
  await step('Building for the browser tests', (now) => turbo(['build:test'], {}, now))
  const { code } = await run(join(root, 'node_modules/.bin/playwright'), ['test', ...args], {
    cwd: join(root, workspace),
    env: { ...process.env, ...env },
    show: true,
    anyCode: true,
  })
  return code
}
