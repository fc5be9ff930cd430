// The apps as processes of one script: npm start, npm run dev and the browser tests all start them here.
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { isStopping, run, start, stop } from './child-processes.mjs'
import { appsOf, root } from './settings.mjs'
import { Trouble } from './terminal.mjs'

/** @typedef {import('./settings.mjs').Settings} Settings */
/** @typedef {'auth-server' | 'resource-api' | 'lab' | 'web'} AppName */

/**
 * Data directory, secrets, migrations and seed. A process of its own: SQLite files stay locked by whoever migrated them.
 * The built program where there was a build, since it starts in half the time; `source` takes what was just edited.
 * @param {Settings} settings @param {(line: string) => void} [onLine] @param {{ source?: boolean }} [options]
 */
export async function prepareData(settings, onLine, { source = false } = {}) {
  const built = join(root, 'prisma/dist/prepare.js')
  const command =
    source || !existsSync(built) ? ['--import', 'tsx', join(root, 'prisma/prepare.ts')] : [built]
  await run(process.execPath, command, { cwd: root, env: settings.env, onLine, ...settings.user })
}

/**
 * Starts the apps and waits until each one says that it is ready. The data directory must be prepared.
 * @param {Settings} settings
 * @param {{ onDeath?: (message: string) => void, only?: readonly AppName[] }} [options]
 */
export async function startKeybound(settings, { onDeath, only } = {}) {
  const wanted = appsOf(settings).filter(({ name }) => !only || only.includes(name))
  const started = wanted.map((app) => startApp(app.name, settings))
  let stopping = false
  for (const app of started) {
    app.child.once('exit', (code, signal) => {
      app.dead = `${app.name} has ended unexpectedly (${signal ?? `exit code ${code}`}).`
      if (!stopping && !isStopping() && app.ready) onDeath?.(`${app.dead}\n${logTail(app.log)}`)
    })
  }
  const stopKeybound = async () => {
    stopping = true
    await Promise.all(started.map((app) => stop(app.child)))
  }
  try {
    await Promise.all(started.map((app) => waitUntilReady(app, settings)))
  } catch (error) {
    await stopKeybound()
    throw error
  }
  return { stop: stopKeybound, logs: Object.fromEntries(started.map((app) => [app.name, app.log])) }
}

/** @param {AppName} name @param {Settings} settings */
function startApp(name, settings) {
  const main = join(root, 'apps', name, 'dist/main.js')
  if (!existsSync(main)) throw new Trouble(`${main} is missing. Build first: npm run build`)
  const log = logFile(settings.data, name)
  const descriptor = openSync(log, 'w', 0o600)
  const child = start(process.execPath, ['--import', join(root, 'scripts/exit-with-parent.mjs'), main], {
    cwd: join(root, 'apps', name),
    env: { NODE_ENV: 'production', ...settings.env },
    stdio: ['ignore', descriptor, descriptor, 'ipc'],
    ...settings.user,
  })
  closeSync(descriptor)
  return { name, child, log, ready: false, dead: '' }
}

/** This start's log; the one of the start before is kept beside it. @param {string} data @param {string} name */
function logFile(data, name) {
  const directory = join(data, 'log')
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const file = join(directory, `${name}.log`)
  if (existsSync(file)) renameSync(file, join(directory, `${name}.previous.log`))
  return file
}

/** @param {ReturnType<typeof startApp>} app @param {Settings} settings */
async function waitUntilReady(app, settings) {
  const url = `${settings.apps[app.name].local}/readyz`
  const deadline = Date.now() + 60_000
  let last = 'no answer'
  while (Date.now() < deadline) {
    if (app.dead) throw new Trouble(`${app.dead}\n${logTail(app.log)}`)
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(3_000) })
      if (response.ok) {
        app.ready = true
        return
      }
      last = `${response.status} ${(await response.text()).slice(0, 200)}`
    } catch (error) {
      last = error instanceof Error ? error.message : String(error)
    }
    await sleep(100)
  }
  throw new Trouble(`${app.name} is not ready after 60 s: ${url} gives ${last}\n${logTail(app.log)}`)
}

/** @param {string} file */
export function logTail(file, lines = 15) {
  if (!existsSync(file)) return ''
  const tail = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines)
  return [`The end of ${file}:`, ...tail.map((line) => `  ${line}`)].join('\n')
}

/**
 * The native client walks the whole flow once and narrates it. Resolves with true when every step was as expected.
 * @param {Settings} settings @param {readonly string[]} [args] such as --key=file
 */
export async function walkThrough(settings, args = []) {
  const { code } = await run(process.execPath, [join(root, 'apps/cli/dist/main.js'), ...args], {
    env: settings.env,
    show: true,
    anyCode: true,
  })
  return code === 0
}
