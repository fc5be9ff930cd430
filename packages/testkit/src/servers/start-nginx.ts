import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { requireServer } from './find-server.ts'
import { freePort } from './free-port.ts'
import { type ServerProcess, startServer, temporaryDirectory } from './server-process.ts'

/**
 * Starts an nginx of one's own. `http` gives what stands inside its http block, for the port on which it has to listen and the
 * directory in which it may keep files, which is deleted with it.
 *
 * Throws Error where nginx is not installed, saying how to install it, and with nginx's own words where the configuration is wrong.
 */
export async function startNginx(http: (port: number, directory: string) => string): Promise<ServerProcess> {
  const program = requireServer('nginx')
  const directory = temporaryDirectory('nginx')
  const port = await freePort()
  const bodies = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  for (const name of bodies) mkdirSync(join(directory, name))
  // Started by root, nginx would give its work to another user, who may not look into this directory.
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  writeFileSync(
    join(directory, 'nginx.conf'),
    `daemon off;
${user}
pid ${directory}/nginx.pid;
worker_processes 2;
error_log stderr warn;
events { worker_connections 1024; }
http {
  access_log off;
${bodies.map((name) => `  ${name}_temp_path ${directory}/${name};`).join('\n')}
${http(port, directory)}
}
`,
  )
  const args = ['-p', directory, '-e', 'stderr', '-c', join(directory, 'nginx.conf')]
  return startServer({ program, args, port, directory, stopSignal: 'SIGTERM' })
}
