// npm run client:add, user:add, profile:add and keys:rotate: a command of an app, on its build, in the environment of npm start (.env counts).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { loadDotEnv, readSettings, root } from './settings.mjs'
import { complain, Trouble } from './terminal.mjs'

/** Who can do it, in the order in which it is done: the second one takes what the first one printed. */
const commands = new Map([
  ['client:add', [['auth-server', 'client-add']]],
  ['keys:rotate', [['auth-server', 'keys-rotate']]],
  [
    'user:add',
    [
      ['auth-server', 'user-add'],
      ['resource-api', 'profile-add'],
    ],
  ],
  ['profile:add', [['resource-api', 'profile-add']]],
])

try {
  const [command = '', ...args] = process.argv.slice(2)
  const [[app = '', name = ''] = [], then] = commands.get(command) ?? []
  loadDotEnv()
  const { env } = readSettings()
  const printed = await run(app, name, args, env, process.stdin)
  process.stdout.write(then ? await addProfile(printed, env, then) : printed)
} catch (error) {
  if (error instanceof Trouble) complain(error)
  process.exitCode = 1
}

/** @param {string} user @param {NodeJS.ProcessEnv} env @param {readonly string[]} command */
async function addProfile(user, env, [app = '', name = '']) {
  try {
    await run(app, name, [], env, user)
    return user
  } catch {
    throw new Trouble(
      `The user can sign in and has no profile at the API yet. Mend what is said above, and give this to npm run profile:add:\n${user}`,
    )
  }
}

/**
 * Resolves with what it printed; what it complains of is seen at once.
 * @param {string} app @param {string} name @param {readonly string[]} args @param {NodeJS.ProcessEnv} env
 * @param {string | NodeJS.ReadStream} input
 * @returns {Promise<string>}
 */
async function run(app, name, args, env, input) {
  const file = join(root, 'apps', app, 'dist', `${name}.js`)
  if (!existsSync(file)) throw new Trouble(`${file} is missing. Build first: npm run build`)
  const stdin = typeof input === 'string' ? 'pipe' : input
  const child = spawn(process.execPath, [file, ...args], { env, stdio: [stdin, 'pipe', 'inherit'] })
  if (typeof input === 'string') child.stdin?.end(input)
  const ended = new Promise((done) => child.once('close', done))
  const printed = await text(/** @type {import('node:stream').Readable} */ (child.stdout))
  if ((await ended) !== 0) throw new Error(`${name} failed`)
  return printed
}
