// npm run check: what CI asks of the source itself: format and lint, types, who may import whom, the dependencies.
import { join } from 'node:path'
import process from 'node:process'
import { run, stopOnSignals } from './child-processes.mjs'
import { turbo, turboEnv } from './set-up.mjs'
import { root } from './settings.mjs'
import { checkSupplyChain } from './supply-chain.mjs'
import { complain, step } from './terminal.mjs'

/** @returns {Promise<string[]>} the names of the checks that failed */
export async function check() {
  const bin = (/** @type {string} */ name) => join(root, 'node_modules/.bin', name)
  const env = { ...process.env, ...turboEnv }
  /** @type {Record<string, (now: (line: string) => void) => Promise<unknown>>} */
  const checks = {
    'format and lint (Biome)': () => run(bin('biome'), ['check', '.'], { cwd: root, env }),
    'types (tsc, every workspace)': () => turbo(['typecheck', '--continue']),
    'types of the scripts': () => run(bin('tsc'), ['--noEmit', '-p', 'scripts'], { cwd: root, env }),
    'boundaries (who may import whom)': () => run(bin('turbo'), ['boundaries'], { cwd: root, env }),
    'dependencies (pinned, sealed, licensed, no unexpected script)': checkSupplyChain,
  }
  const failed = []
  for (const [name, work] of Object.entries(checks)) {
    try {
      await step(`Checking ${name}`, work)
    } catch (error) {
      complain(error instanceof Error ? error.message : error)
      failed.push(name)
    }
  }
  return failed
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  stopOnSignals(() => 130)
  const failed = await check()
  process.exit(failed.length > 0 ? 1 : 0)
}
