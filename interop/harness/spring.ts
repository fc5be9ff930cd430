import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { start, stop } from '@keybound/e2e/harness/start-scripts'
import { listen } from './tap.ts'

const folder = join(import.meta.dirname, '../spring')
const logs = join(import.meta.dirname, '../test-results')

export type SpringModule = 'resource-server' | 'client' | 'authorization-server'

export interface SpringApplication {
  readonly url: string
  stop(): Promise<void>
}

/** Why the Spring rows cannot run here; undefined where they can. scripts/interop.mjs builds, and says what was missing. */
export function whyNoSpring(): string | undefined {
  if (process.env.INTEROP_WITHOUT_SPRING) return process.env.INTEROP_WITHOUT_SPRING
  return existsSync(jarOf('client')) ? undefined : 'interop/spring is not built: npm run interop'
}

/** The versions that the built application brings with it. */
export function springVersion(module: SpringModule): string {
  if (whyNoSpring()) return '—'
  const list = execFileSync('jar', ['tf', jarOf(module)], { encoding: 'utf8' })
  const version = (library: string) => new RegExp(`/${library}-([\\d.]+)\\.jar`).exec(list)?.[1] ?? '?'
  return `Boot ${version('spring-boot')}, Security ${version('spring-security-core')}`
}

/** Starts a built application on a free port; resolves when Spring says that it has started, rejects with its output when it ends before. */
export async function startSpring(
  module: SpringModule,
  settings: (port: number) => Readonly<Record<string, string>>,
): Promise<SpringApplication> {
  const port = await freePort()
  mkdirSync(logs, { recursive: true })
  const properties = Object.entries({ 'server.port': String(port), ...settings(port) })
  const child = start(
    'java',
    [
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-jar',
      jarOf(module),
      ...properties.map(([name, value]) => `--${name}=${value}`),
    ],
    { cwd: join(folder, module), stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const log = join(logs, `spring-${module}.log`)
  let output = ''
  await new Promise<void>((started, failed) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        output += text
        appendFileSync(log, text)
        if (/Started \w+ in /.test(output)) started()
      })
    }
    child.once('error', failed)
    child.once('exit', () => failed(new Error(`${module} has ended:\n${output.slice(-4000)}`)))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => stop(child) }
}

function jarOf(module: SpringModule): string {
  return join(folder, module, 'target', `${module}.jar`)
}

async function freePort(): Promise<number> {
  const probe = createServer()
  const port = await listen(probe)
  await new Promise((closed) => probe.close(closed))
  return port
}
