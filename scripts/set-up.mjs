// From a fresh clone to built apps. Each part looks first whether there is anything to do.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { CommandFailed, run } from './child-processes.mjs'
import { root } from './settings.mjs'
import { step, Trouble } from './terminal.mjs'

const needed = { major: 20, minor: 19 }

export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > needed.major || (major === needed.major && minor >= needed.minor)) return
  throw new Trouble(
    `Keybound needs Node ${needed.major}.${needed.minor} or newer; this is ${process.version} (${process.execPath}).\n` +
      'Install a newer one from https://nodejs.org or with a version manager (there is an .nvmrc).',
  )
}

export async function install() {
  if (!installedAsLocked()) {
    // No package may run code while it is installed, except those that package.json names in allowScripts.
    await step('Installing the packages of package-lock.json', (now) =>
      npm(['ci', '--ignore-scripts', '--no-audit'], now),
    )
  }
  if (!sqliteWorks()) {
    await step('Building better-sqlite3 (about a minute where it has to be compiled)', compileSqlite)
  }
}

/** Everything that the lockfile wants is there in that version; packages for other platforms do not count. */
function installedAsLocked() {
  const installed = readPackages(join(root, 'node_modules/.package-lock.json'))
  const wanted = readPackages(join(root, 'package-lock.json'))
  if (!installed || !wanted) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.optional || entry.devOptional) return true
    return entry.link ? installed[path]?.link : installed[path]?.version === entry.version
  })
}

/** @param {string} file @returns {Record<string, { version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }> | undefined} */
function readPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined
}

function sqliteWorks() {
  const probe = `require('better-sqlite3')(':memory:').close()`
  return succeeds(process.execPath, ['-e', probe])
}

/** @param {(line: string) => void} now */
async function compileSqlite(now) {
  try {
    await npm(['rebuild', 'better-sqlite3', '--foreground-scripts'], now)
  } catch (error) {
    const missing = ['python3', 'make', 'g++'].filter((tool) => !succeeds(tool, ['--version']))
    if (missing.length === 0 || !(error instanceof CommandFailed)) throw error
    throw new Trouble(
      `There is no ready-made better-sqlite3 for this machine, and it cannot be compiled: ${missing.join(', ')} not found.\n` +
        'Debian, Ubuntu: apt-get install -y python3 make g++      macOS: xcode-select --install\n' +
        'Then run the same command again.',
    )
  }
  if (!sqliteWorks())
    throw new Trouble(
      `better-sqlite3 was built but does not load in ${process.version}. Try: rm -rf node_modules && npm ci`,
    )
}

/** Whether the command runs and ends well. @param {string} command @param {string[]} args */
export function succeeds(command, args) {
  try {
    execFileSync(command, args, { cwd: root, stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** @param {string[]} args @param {(line: string) => void} now */
async function npm(args, now) {
  const cli = process.env.npm_execpath
  const [command, first] = cli?.endsWith('.js') ? [process.execPath, [cli]] : ['npm', []]
  await run(command, [...first, ...args], { cwd: root, onLine: now })
}

/**
 * Runs tasks of turbo.json. What is up to date comes out of the cache, so a second call takes a second.
 * @param {string[]} tasks @param {NodeJS.ProcessEnv} [env] @param {(line: string) => void} [now]
 */
export async function turbo(tasks, env = {}, now) {
  const bin = join(root, 'node_modules/.bin/turbo')
  const quiet = ['--output-logs=new-only', '--no-update-notifier', '--ui=stream']
  await run(bin, ['run', ...tasks, ...quiet], {
    cwd: root,
    env: { ...process.env, ...turboEnv, ...env },
    onLine: (line) => {
      const [, workspace, text] = /^@keybound\/([\w-]+?)(?:-app)?:[\w:]+: *(.*)$/.exec(line) ?? []
      if (text && !/^(npm |> )/.test(text)) now?.(`${workspace}: ${text}`)
    },
  })
}

export const turboEnv = { TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NEXT_TELEMETRY_DISABLED: '1' }

export async function build() {
  const tasks = ['build', '--filter=./apps/*', '--filter=@keybound/prisma']
  await step('Building (production; kept until a source changes)', (now) => turbo(tasks, {}, now))
}
