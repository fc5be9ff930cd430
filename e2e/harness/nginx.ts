import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from './start-scripts.ts'

const places = ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx']

/** The program, or undefined where it is not installed. */
export function findNginx(): string | undefined {
  return places.find((place) => existsSync(place))
}

export interface Nginx {
  /** The certificate of the throw-away authority: its text, and the file that it is in. */
  readonly ca: string
  readonly caFile: string
  close(): Promise<void>
}

/**
 * nginx with the very sample of docs/operations.md, once for each pair of ports: TLS for `localhost` on the first, passed on to the second.
 * Throws Error where the sample is not what it was when this was written.
 */
export async function openNginx(
  program: string,
  ports: readonly (readonly [number, number])[],
): Promise<Nginx> {
  const directory = mkdtempSync(join(tmpdir(), 'keybound-nginx-'))
  makeCertificates(directory)
  // Whoever runs the servers reads the certificate of the authority; the keys stay readable by this user alone.
  chmodSync(directory, 0o755)
  const servers = ports.map(([port, behind]) => sampleServer(directory, port, behind))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${directory}/${name};`)
    .join('\n')
  const config = join(directory, 'nginx.conf')
  const user = process.getuid?.() === 0 ? 'user root;' : ''
  writeFileSync(
    config,
    `${user} daemon off; pid ${directory}/pid; error_log stderr;\nevents {}\nhttp {\n${temporary}\n${servers.join('\n')}\n}\n`,
  )
  const child = spawn(program, ['-c', config, '-p', directory, '-e', 'stderr'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let says = ''
  child.stderr.on('data', (chunk) => {
    says += chunk
  })
  for (const [port] of ports) {
    while (!(await listens(port))) {
      if (child.exitCode !== null) throw new Error(`nginx ended: ${says}`)
      await sleep(20)
    }
  }
  return {
    ca: readFileSync(join(directory, 'ca.pem'), 'utf8'),
    caFile: join(directory, 'ca.pem'),
    async close() {
      child.kill('SIGQUIT')
      if (child.exitCode === null) await once(child, 'exit')
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function sampleServer(directory: string, port: number, behind: number): string {
  const manual = readFileSync(join(root, 'docs/operations.md'), 'utf8')
  const sample = /```nginx\n([\s\S]*?)```/.exec(manual)?.[1] ?? ''
  return [
    ['listen 443 ssl;', `listen 127.0.0.1:${port} ssl;`],
    ['server_name id.example.com;', 'server_name localhost;'],
    ['/etc/nginx/tls/id.example.com.pem', `${directory}/server.pem`],
    ['/etc/nginx/tls/id.example.com.key', `${directory}/server.key`],
    ['http://127.0.0.1:4000', `http://127.0.0.1:${behind}`],
  ].reduce((text, [from = '', to = '']) => {
    if (!text.includes(from)) throw new Error(`docs/operations.md has no ${from} in its nginx sample`)
    return text.replace(from, to)
  }, sample)
}

/** An authority of one day, and a certificate of it for localhost. */
function makeCertificates(directory: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'pipe' })
  const made = ['-newkey', 'rsa:2048', '-nodes', '-days', '1']
  openssl(
    'req',
    '-x509',
    ...made,
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Keybound test authority',
  )
  openssl('req', ...made.slice(0, 3), '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=localhost')
  writeFileSync(join(directory, 'names'), 'subjectAltName=DNS:localhost')
  const signed = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '1', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'server.csr', ...signed, '-out', 'server.pem')
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => socket.end(() => resolve(true)))
    socket.once('error', () => resolve(false))
  })
}
