import { execFile, execFileSync } from 'node:child_process'
import { realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { requireServer } from './find-server.ts'
import { freePort } from './free-port.ts'
import { type ServerCommand, type ServerProcess, startServer, temporaryDirectory } from './server-process.ts'

export interface Postgres extends ServerProcess {
  /** The URL of a database of the server; the one called postgres is always there. The role may do everything. */
  url(database?: string): string
}

/**
 * Starts a PostgreSQL of one's own: UTF-8, no password, on the loopback address alone. It refuses to run as root; then it runs as
 * the user `postgres`, or as `nobody` where there is no such user.
 *
 * `settings` are those of postgresql.conf, such as `{ fsync: 'off' }` where nobody pulls the plug.
 * Throws Error where PostgreSQL is not installed, saying how to install it.
 */
export async function startPostgres(
  settings: Readonly<Record<string, string | number>> = {},
): Promise<Postgres> {
  // Its companions lie beside it, where links lead.
  const program = realpathSync(requireServer('PostgreSQL'))
  const user = process.getuid?.() === 0 ? unprivilegedUser() : undefined
  const directory = temporaryDirectory('postgres', user)
  const data = join(directory, 'data')
  await promisify(execFile)(
    join(dirname(program), 'initdb'),
    ['-D', data, '-U', 'keybound', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    { cwd: directory, ...user },
  )
  const port = await freePort()
  const all = { port, listen_addresses: '127.0.0.1', unix_socket_directories: directory, ...settings }
  const args = ['-D', data, ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const answers = async () => {
    await promisify(execFile)(join(dirname(program), 'pg_isready'), [
      '-q',
      '-h',
      '127.0.0.1',
      '-p',
      `${port}`,
    ])
  }
  const server = await startServer({
    program,
    args,
    port,
    directory,
    stopSignal: 'SIGINT',
    answers,
    ...(user && { user }),
  })
  return Object.assign(server, {
    url: (database = 'postgres') => `postgresql://keybound@127.0.0.1:${port}/${database}`,
  })
}

function unprivilegedUser(): NonNullable<ServerCommand['user']> {
  for (const name of ['postgres', 'nobody']) {
    try {
      const id = (flag: string) =>
        Number(execFileSync('id', [flag, name], { stdio: ['ignore', 'pipe', 'ignore'] }))
      return { uid: id('-u'), gid: id('-g') }
    } catch {
      // No such user: the next one.
    }
  }
  throw new Error('PostgreSQL refuses to run as root, and there is neither a user postgres nor nobody')
}
