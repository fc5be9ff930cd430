import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Served } from './browser.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const app = fileURLToPath(new URL('..', import.meta.url))

export interface StartedServer extends Served {
  readonly port: number
  /** What it was started with: for a command that works on the same data. */
  readonly env: NodeJS.ProcessEnv
  /** Everything that it has written so far. */
  output(): string
  /** Sends the signal and resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/**
 * The app as `npm start` runs it: a prepared data directory of its own, a free port, a process. `settings` are more of its environment;
 * `descriptors` is how many files and sockets it may have open.
 */
export async function startServer(
  settings: Readonly<Record<string, string>> = {},
  descriptors?: number,
): Promise<StartedServer> {
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'keybound-auth-server-'))
  const env = {
    ...process.env,
    KEYBOUND_DATA: data,
    AUTH_PORT: String(port),
    API_PORT: '4001',
    WEB_PORT: '3000',
    ...settings,
  }
  await finished(run('prisma/prepare.ts', env))

  const child = run('apps/auth-server/src/main.ts', env, descriptors)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const issuer = `http://localhost:${port}`
  while (!output.includes('listening on')) {
    if (child.exitCode !== null) throw new Error(output)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    issuer,
    port,
    env,
    output: () => output,
    send: (target, init) => fetch(new URL(target, issuer), { ...init, redirect: 'manual' }),
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null) {
        child.kill(signal)
        await once(child, 'exit')
      }
      rmSync(data, { recursive: true, force: true })
      return child.exitCode
    },
  }
}

/** tsx reads the tsconfig of the directory that it is started in. */
function run(file: string, env: NodeJS.ProcessEnv, descriptors?: number): ChildProcess {
  const node = [process.execPath, '--import', 'tsx', join(root, file)] as const
  const limited = ['sh', '-c', 'ulimit -n "$0" && exec "$@"', `${descriptors}`, ...node] as const
  const [program, ...args] = descriptors === undefined ? node : limited
  return spawn(program, args, { cwd: app, env })
}

async function finished(child: ChildProcess): Promise<void> {
  let errors = ''
  child.stderr?.on('data', (chunk) => (errors += chunk))
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(errors)
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const address = probe.address()
  probe.close()
  await once(probe, 'close')
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return address.port
}
