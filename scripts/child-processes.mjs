// Every process that a script starts leads its own group, so that stopping it leaves nothing behind.
import { spawn } from 'node:child_process'
import process from 'node:process'
import { Trouble } from './terminal.mjs'

/** @typedef {import('node:child_process').ChildProcess} ChildProcess */

/** @type {Set<ChildProcess>} */
const running = new Set()

/**
 * @param {string} command @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { ...options, detached: true })
  running.add(child)
  child.once('exit', () => running.delete(child))
  child.once('error', () => running.delete(child))
  return child
}

/** A command that went wrong, with the last lines of what it said. */
export class CommandFailed extends Trouble {
  /** @param {string} command @param {string[]} lines */
  constructor(command, lines) {
    super(`${command} failed:\n${lines.slice(-40).join('\n')}`)
    this.lines = lines
  }
}

/**
 * Runs a command to its end; its output goes line by line to `onLine`, or straight to the terminal with `show`.
 * Resolves with the output; rejects with CommandFailed unless it ends with 0 (or `anyCode` is set).
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: ((line: string) => void) | undefined, show?: boolean, anyCode?: boolean, uid?: number, gid?: number }} [options]
 * @returns {Promise<{ code: number, lines: string[] }>}
 */
export function run(command, args, { onLine, show = false, anyCode = false, ...options } = {}) {
  return new Promise((done, failed) => {
    const child = start(command, args, {
      ...options,
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    })
    /** @type {string[]} */
    const lines = []
    for (const stream of [child.stdout, child.stderr]) {
      let rest = ''
      stream?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
        const parts = (rest + text).split('\n')
        rest = parts.pop() ?? ''
        for (const line of parts) keep(line)
      })
      stream?.on('end', () => rest && keep(rest))
    }
    const keep = (/** @type {string} */ line) => {
      lines.push(line)
      if (line.trim() && !line.startsWith('npm warn')) onLine?.(line)
    }
    child.once('error', failed)
    child.once('close', (code, signal) => {
      if (code === 0 || (anyCode && code !== null)) done({ code: code ?? 1, lines })
      else failed(new CommandFailed([command, ...args].join(' ') + (signal ? ` (${signal})` : ''), lines))
    })
  })
}

/** Asks the group to end, and ends it when it has not done so in time. @param {ChildProcess} child @param {number} patience milliseconds */
export async function stop(child, patience = 12_000) {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise((done) => child.once('exit', done))
  signalGroup(child, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), patience)
  await gone
  clearTimeout(timer)
  signalGroup(child, 'SIGKILL')
}

let stopping = false

/** Whether the processes end because they were told to. */
export function isStopping() {
  return stopping
}

/** @param {number} [patience] milliseconds */
export async function stopAll(patience) {
  stopping = true
  await Promise.all([...running].map((child) => stop(child, patience)))
}

export function killAll() {
  for (const child of running) signalGroup(child, 'SIGKILL')
}

/** @param {ChildProcess} child @param {NodeJS.Signals} signal */
function signalGroup(child, signal) {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

/**
 * Ctrl-C, SIGTERM and a closed terminal stop everything and then end this process; a second one does not wait.
 * @param {() => number} exitCode @param {() => void} [announce]
 */
export function stopOnSignals(exitCode, announce) {
  let asked = 0
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, async () => {
      // One Ctrl-C may arrive twice: from the terminal, and passed on by npm.
      if (asked > 0 && Date.now() - asked < 1_000) return
      if (asked > 0) {
        killAll()
        process.exit(1)
      }
      asked = Date.now()
      announce?.()
      await stopAll()
      process.exit(exitCode())
    })
  }
  process.on('exit', killAll)
}
