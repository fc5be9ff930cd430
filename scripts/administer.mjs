// npm run client:add, user:add, profile:add, keys:rotate and prepare:data: programs of the build, in the environment of npm start (.env counts).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { loadDotEnv, readSettings, root } from './settings.mjs'
import { complain, Trouble } from './terminal.mjs'

/** Who does it; a second program takes what the first one printed. */
const commands = new Map([
  ['client:add', ['apps/auth-server/dist/client-add.js']],
  ['keys:rotate', ['apps/auth-server/dist/keys-rotate.js']],
  ['user:add', ['apps/auth-server/dist/user-add.js', 'apps/resource-api/dist/profile-add.js']],
  ['profile:add', ['apps/resource-api/dist/profile-add.js']],
  ['prepare:data', ['prisma/dist/prepare.js']],
])

try {
  const [command = '', ...args] = process.argv.slice(2)
  const programs = commands.get(command) ?? []
  // Before the first one changes anything.
  for (const program of programs) requireBuilt(program)
  const [program = '', then] = programs
  loadDotEnv()
  const { env } = readSettings()
  const printed = await run(program, args, env, process.stdin)
  process.stdout.write(then ? await addProfile(printed, env, then) : printed)
} catch (error) {
  if (error instanceof Trouble) complain(error)
  process.exitCode = 1
}

/** @param {string} program */
function requireBuilt(program) {
  const file = join(root, program)
  if (!existsSync(file)) throw new Trouble(`${file} is missing. Build first: npm run build`)
}

/** @param {string} user @param {NodeJS.ProcessEnv} env @param {string} program */
async function addProfile(user, env, program) {
  try {
    await run(program, [], env, user)
    return user
  } catch {
    throw new Trouble(
      `The user can sign in and has no profile at the API yet. Mend what is said above, and give this to npm run profile:add:\n${user}`,
    )
  }
}

/**
 * Resolves with what it printed; what it complains of is seen at once.
 * @param {string} program @param {readonly string[]} args @param {NodeJS.ProcessEnv} env
 * @param {string | NodeJS.ReadStream} input
 * @returns {Promise<string>}
 */
async function run(program, args, env, input) {
  const stdin = typeof input === 'string' ? 'pipe' : input
  const child = spawn(process.execPath, [join(root, program), ...args], {
    env,
    stdio: [stdin, 'pipe', 'inherit'],
  })
  if (typeof input === 'string') child.stdin?.end(input)
  const ended = new Promise((done) => child.once('close', done))
  const printed = await text(/** @type {import('node:stream').Readable} */ (child.stdout))
  if ((await ended) !== 0) throw new Error(`${program} failed`)
  return printed
}
