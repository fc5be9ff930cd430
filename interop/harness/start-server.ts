import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { root, start, stop } from '@keybound/e2e/harness/start-scripts'

const logs = join(root, 'interop/test-results')

export interface ServerCommand {
  /** Of its log in test-results. */
  readonly name: string
  /** Relative to the repository's root. */
  readonly folder: string
  readonly command: readonly [program: string, ...args: string[]]
  readonly env?: Readonly<Record<string, string>>
  /** What it prints when it is ready. */
  readonly ready: RegExp
}

export interface RunningServer {
  stop(): Promise<void>
}

/** Starts somebody's server; resolves when it says that it is ready, rejects with its output when it ends before. */
export async function startServer(server: ServerCommand): Promise<RunningServer> {
  const { name, folder, ready, env = {} } = server
  const [program, ...args] = server.command
  mkdirSync(logs, { recursive: true })
  const child = start(program, args, {
    cwd: join(root, folder),
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  await new Promise<void>((started, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        output += text
        appendFileSync(join(logs, `${name}.log`), text)
        if (ready.test(output)) started()
      })
    }
    child.once('error', failed)
    child.once('exit', () => failed(new Error(`${name} has ended:\n${output.slice(-4000)}`)))
  })
  return { stop: () => stop(child) }
}
