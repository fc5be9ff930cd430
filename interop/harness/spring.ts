import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from './free-port.ts'
import { type RunningServer, startServer } from './start-server.ts'

const folder = join(import.meta.dirname, '../spring')

export type SpringModule = 'resource-server' | 'client' | 'authorization-server'

export interface SpringApplication extends RunningServer {
  readonly url: string
}

/** Why the Spring rows cannot run here; undefined where they can. scripts/interop.mjs builds, and says what was missing. */
export function whyNoSpring(): string | undefined {
  if (process.env.INTEROP_WITHOUT_SPRING) return process.env.INTEROP_WITHOUT_SPRING
  return existsSync(jarOf('client')) ? undefined : 'interop/spring is not built: npm run interop'
}

/** The versions that the built application brings with it. */
export function springVersion(module: SpringModule): string {
  if (whyNoSpring()) return '—'
  // The names in an archive are not compressed.
  const archive = readFileSync(jarOf(module), 'latin1')
  const version = (library: string) => new RegExp(`/${library}-([\\d.]+)\\.jar`).exec(archive)?.[1] ?? '?'
  return `Boot ${version('spring-boot')}, Security ${version('spring-security-core')}`
}

/** Starts a built application on a free port. */
export async function startSpring(
  module: SpringModule,
  settings: (port: number) => Readonly<Record<string, string>>,
): Promise<SpringApplication> {
  const port = await freePort()
  const properties = Object.entries({ 'server.port': String(port), ...settings(port) })
  const { stop } = await startServer({
    name: `spring-${module}`,
    folder: `interop/spring/${module}`,
    command: [
      'java',
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-jar',
      jarOf(module),
      ...properties.map(([name, value]) => `--${name}=${value}`),
    ],
    ready: /Started \w+ in /,
  })
  return { url: `http://127.0.0.1:${port}`, stop }
}

function jarOf(module: SpringModule): string {
  return join(folder, module, 'target', `${module}.jar`)
}
