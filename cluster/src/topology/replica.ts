import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { logTail, root, start, stop } from '../scripts.ts'

/** One process of an app. It can be killed and started again at the same port. */
export interface Replica {
  readonly app: 'auth-server' | 'resource-api'
  readonly url: string
  readonly port: number
  readonly log: string
  readonly pid: number
  /** What the process that runs now said last of itself; only one with load/report-figures.mjs says anything. */
  figures(): Figures | undefined
  signal(name: NodeJS.Signals): void
  /** Milliseconds from the signal until the process was gone. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number>
  /** Starts it where it does not run, again and again where it must be, and waits until it is ready. `wrapper` stands in front of node: a faketime. */
  restart(wrapper?: readonly string[]): Promise<void>
  stop(): Promise<void>
}

/** Octets, and seconds of CPU since the process began. */
export interface Figures {
  /** After the last collection of garbage. */
  readonly heapHeld: number
  readonly rss: number
  readonly cpu: number
}

export interface ReplicaOptions {
  readonly app: Replica['app']
  readonly port: number
  readonly env: NodeJS.ProcessEnv
  /** Where its log is appended to. */
  readonly log: string
}

/** How long a process may take until it is ready, in milliseconds, on a machine that has other things to do. */
const patience = 120_000

/** Throws Error with the end of its log where it ends instead of getting ready. */
export async function startReplica(options: ReplicaOptions): Promise<Replica> {
  const { app, port, log } = options
  const url = `http://127.0.0.1:${port}`
  let child = await supervise(options, url)
  let figures = listen(child)

  return {
    app,
    url,
    port,
    log,
    get pid() {
      return child.pid as number
    },
    figures: () => figures(),
    signal: (name) => signalGroup(child, name),
    async end(signal) {
      const since = performance.now()
      if (runs(child)) {
        const gone = once(child, 'exit')
        signalGroup(child, signal)
        await gone
      }
      return performance.now() - since
    },
    async restart(wrapper = []) {
      if (runs(child)) return
      child = await supervise({ ...options, wrapper }, url)
      figures = listen(child)
    },
    async stop() {
      signalGroup(child, 'SIGCONT')
      await stop(child)
    },
  }
}

/** A replica leads a group of its own, which a wrapper in front of node is part of. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (runs(child) && child.pid !== undefined) process.kill(-child.pid, signal)
}

function listen(child: ChildProcess): Replica['figures'] {
  let last: Figures | undefined
  child.on('message', (message) => {
    last = message as Figures
  })
  return () => last
}

type Launched = ReplicaOptions & { readonly wrapper?: readonly string[] }

/** As a supervisor would: one that starts while its database does not answer ends, and is started again. */
async function supervise(options: Launched, url: string): Promise<ChildProcess> {
  for (const since = Date.now(); ; ) {
    try {
      return await launch(options, url)
    } catch (error) {
      if (Date.now() - since > patience) throw error
    }
  }
}

async function launch({ app, port, env, log, wrapper = [] }: Launched, url: string): Promise<ChildProcess> {
  const main = join(root, 'apps', app, 'dist/main.js')
  if (!existsSync(main)) throw new Error(`${main} is missing. Build first: npm run build`)
  mkdirSync(join(log, '..'), { recursive: true, mode: 0o700 })
  const out = openSync(log, 'a', 0o600)
  const ports = app === 'auth-server' ? { AUTH_PORT: `${port}` } : { API_PORT: `${port}` }
  const node = [process.execPath, '--import', join(root, 'scripts/exit-with-parent.mjs'), main]
  const [program = '', ...args] = [...wrapper, ...node]
  const child = start(program, args, {
    cwd: join(root, 'apps', app),
    env: { ...env, NODE_ENV: 'production', ...ports },
    stdio: ['ignore', out, out, 'ipc'],
  })
  closeSync(out)
  for (const since = Date.now(); Date.now() - since < patience; await pause(50)) {
    if (!runs(child)) throw new Error(`${app} has ended instead of getting ready.\n${logTail(log)}`)
    if (await answers(`${url}/readyz`)) return child
  }
  await stop(child)
  throw new Error(`${app} is not ready after ${patience / 1000} s.\n${logTail(log)}`)
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(3_000) })).ok
  } catch {
    return false
  }
}

function runs(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}
