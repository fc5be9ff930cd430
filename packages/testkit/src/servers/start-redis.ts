import { requireServer } from './find-server.ts'
import { freePort } from './free-port.ts'
import { type ServerProcess, startServer, temporaryDirectory } from './server-process.ts'

export interface Redis extends ServerProcess {
  readonly url: string
}

/**
 * Starts a Redis or Valkey of one's own on the loopback address, with no eviction and an append-only file: what a ledger needs.
 * `settings` are those of redis.conf, and win: `{ appendonly: 'no' }`, `{ 'maxmemory-policy': 'allkeys-lru' }`.
 *
 * Throws Error where neither is installed, saying how to install one.
 */
export async function startRedis(settings: Readonly<Record<string, string | number>> = {}): Promise<Redis> {
  const program = requireServer('Redis')
  const directory = temporaryDirectory('redis')
  const port = await freePort()
  const all = {
    port,
    bind: '127.0.0.1',
    dir: directory,
    save: '',
    appendonly: 'yes',
    'maxmemory-policy': 'noeviction',
    ...settings,
  }
  const args = Object.entries(all).flatMap(([name, value]) => [`--${name}`, `${value}`])
  const server = await startServer({ program, args, port, directory, stopSignal: 'SIGTERM' })
  return Object.assign(server, { url: `redis://127.0.0.1:${port}` })
}
