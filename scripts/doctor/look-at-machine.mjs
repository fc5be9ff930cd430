// Node, the packages, the compiler, the browser, and who has the ports.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { requireNode, succeeds } from '../set-up.mjs'
import { apps, isFree, root } from '../settings.mjs'

/** @typedef {import('../doctor.mjs').Finding} Finding */

/** @param {import('../settings.mjs').Settings} settings @returns {Promise<Finding[]>} */
export async function lookAtMachine(settings) {
  return [node(), sqlite(), browser(), ...(await ports(settings))]
}

/** @returns {Finding} */
function node() {
  try {
    requireNode()
    return { state: 'well', says: `Node ${process.versions.node}` }
  } catch (error) {
    return { state: 'wrong', says: `Node ${process.versions.node} is too old`, remedy: messageOf(error) }
  }
}

/** @returns {Finding} */
function sqlite() {
  if (!existsSync(join(root, 'node_modules/better-sqlite3')))
    return { state: 'note', says: 'The packages are not installed yet', remedy: 'npm start installs them.' }
  if (succeeds(process.execPath, ['-e', `require('better-sqlite3')(':memory:').close()`]))
    return { state: 'well', says: 'better-sqlite3 loads' }
  const missing = ['python3', 'make', 'g++'].filter((tool) => !succeeds(tool, ['--version']))
  const remedy =
    missing.length > 0 ? `Install ${missing.join(', ')}, then: npm start` : 'npm start builds it.'
  return { state: 'wrong', says: 'better-sqlite3 is not built for this Node', remedy }
}

/** @returns {Finding} */
function browser() {
  const given = process.env.CHROMIUM_PATH
  if (given && !existsSync(given))
    return {
      state: 'wrong',
      says: `CHROMIUM_PATH is ${given}, where nothing is`,
      remedy: 'Correct it, or unset it.',
    }
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  if (given || names.some((name) => succeeds('which', [name])))
    return { state: 'well', says: 'A Chromium for npm test' }
  return { state: 'note', says: 'No Chromium found: npm test will try to install one; npm start needs none' }
}

/** A port that is taken is right while Keybound runs: who answers is asked further down. @param {import('../settings.mjs').Settings} settings @returns {Promise<Finding[]>} */
async function ports(settings) {
  const states = await Promise.all(
    apps.map(async ({ name, port: variable }) => {
      const { port } = settings.apps[name]
      const free = await isFree(settings.host, port)
      return { free, says: `${name}: port ${port} is ${free ? 'free' : 'taken'}`, variable }
    }),
  )
  return states.map(({ free, says, variable }) => ({
    state: free ? 'well' : 'note',
    says,
    ...(free
      ? {}
      : { remedy: `By Keybound itself, if it runs. Otherwise choose another: ${variable}=… npm start` }),
  }))
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error)
}
