import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'

/** A server of one's own, in a temporary directory and on a port of its own. */
export interface ServerProcess {
  readonly port: number
  readonly directory: string
  /** Of the process that runs now. */
  readonly pid: number
  /** Sends a signal to that process, such as SIGKILL or SIGSTOP. */
  signal(name: NodeJS.Signals): void
  /** Starts it again on the same port and directory, where it has ended or after stopping it, and waits until it answers. */
  restart(): Promise<void>
  /** Stops it and deletes its directory. Safe to repeat. */
  stop(): Promise<void>
}

export interface ServerCommand {
  readonly program: string
  readonly args: readonly string[]
  readonly port: number
  readonly directory: string
  readonly user?: { readonly uid: number; readonly gid: number }
  /** What asks it to end at once and in order. */
  readonly stopSignal: NodeJS.Signals
  /** Rejects while it does not serve yet. Default: a connection to the port. */
  readonly answers?: () => Promise<void>
}

/** How long a server may take to start, in milliseconds, on a machine that has other things to do. */
const patience = 60_000

/** Throws Error with what the server wrote where it ends instead of serving. */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  const { port, directory, stopSignal } = command
  let child = await launch(command)
  // One that was only asked to end, because this process ends, may still write for a moment.
  const clean = () => rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 })
  const onExit = () => {
    if (isRunning(child)) askToEnd()
    clean()
  }
  process.once('exit', onExit)

  function askToEnd(): void {
    child.kill(stopSignal)
    // One that was stopped by SIGSTOP takes its signals after this.
    child.kill('SIGCONT')
  }

  async function end(): Promise<void> {
    if (!isRunning(child)) return
    const ended = once(child, 'exit')
    askToEnd()
    await ended
  }
  return {
    port,
    directory,
    get pid() {
      return child.pid as number
    },
    signal(name) {
      child.kill(name)
    },
    async restart() {
      await end()
      child = await launchAgain(command)
    },
    async stop() {
      await end()
      process.off('exit', onExit)
      clean()
    },
  }
}

/** A new directory, for this user or the given one alone. */
export function temporaryDirectory(name: string, user?: ServerCommand['user']): string {
  const directory = mkdtempSync(join(tmpdir(), `keybound-${name}-`))
  if (user) chownSync(directory, user.uid, user.gid)
  return directory
}

async function launch(command: ServerCommand): Promise<ChildProcess> {
  const { program, args, directory, user, answers = () => connects(command.port) } = command
  const child = spawn(program, args, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'], ...user })
  let said = ''
  const listen = (chunk: Buffer) => {
    said = (said + chunk).slice(-4000)
  }
  child.stdout.on('data', listen)
  child.stderr.on('data', listen)
  let fault: unknown
  child.once('error', (error) => {
    fault = error
  })
  for (const since = Date.now(); ; await pause(25)) {
    if (fault || !isRunning(child)) throw new Error(`${program} did not start: ${fault ?? said}`)
    try {
      await answers()
      return child
    } catch (error) {
      if (Date.now() - since < patience) continue
      child.kill('SIGKILL')
      throw new Error(`${program} does not answer after ${patience / 1000} s: ${said}`, { cause: error })
    }
  }
}

/** A server that was killed may leave processes behind that hold its memory or port for another moment, longer on a busy machine. */
async function launchAgain(command: ServerCommand): Promise<ChildProcess> {
  for (const since = Date.now(); ; await pause(200)) {
    try {
      return await launch(command)
    } catch (error) {
      if (Date.now() - since > patience) throw error
    }
  }
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

async function connects(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1')
  try {
    await once(socket, 'connect')
  } finally {
    socket.destroy()
  }
}
