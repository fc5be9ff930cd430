import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './start-scripts.ts'

export interface RunningExample {
  stop(): Promise<void>
}

/** Starts one of examples/minimal by its command, and waits until it answers at `url`. Throws Error with what it printed where it does not. */
export async function startExample(
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  url: string,
): Promise<RunningExample> {
  const [program, ...args] = command
  const child = spawn(join(root, 'node_modules/.bin', program), args, {
    cwd: join(root, 'examples/minimal'),
    env: { PATH: process.env.PATH, NEXT_TELEMETRY_DISABLED: '1', ...env },
    detached: true,
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      printed += text
    })
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline && child.exitCode === null) {
    if (await answers(url)) return { stop: () => stop(child) }
    await sleep(200)
  }
  await stop(child)
  throw new Error(`The example does not answer at ${url}:\n${printed}`)
}

async function answers(url: string): Promise<boolean> {
  const signal = AbortSignal.timeout(60_000)
  const status = await fetch(url, { signal })
    .then((it) => it.status)
    .catch(() => 0)
  return status > 0 && status < 500
}

/** The whole group: a program started by another one ends too. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.pid === undefined) return
  const gone = new Promise((done) => child.once('exit', done))
  process.kill(-child.pid, 'SIGKILL')
  await gone
}
