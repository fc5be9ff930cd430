import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Files: the CA that clients have to trust (NODE_EXTRA_CA_CERTS), and what the proxy serves with. */
export interface ThrowAwayCa {
  readonly ca: string
  readonly certificate: string
  readonly key: string
}

/**
 * Makes a CA and a certificate for localhost and 127.0.0.1, valid for a week, in this directory. The CA's key is deleted with it.
 * Throws Error where openssl is missing.
 */
export async function throwAwayCa(directory: string): Promise<ThrowAwayCa> {
  const file = (name: string) => join(directory, name)
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-days', '7']
  writeFileSync(file('names'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n')
  await openssl([
    'req',
    '-x509',
    ...newKey,
    '-subj',
    '/CN=Keybound throw-away CA',
    '-keyout',
    file('ca.key'),
    '-out',
    file('ca.pem'),
  ])
  await openssl([
    'req',
    ...newKey,
    '-subj',
    '/CN=localhost',
    '-keyout',
    file('server.key'),
    '-out',
    file('server.csr'),
  ])
  await openssl([
    ...['x509', '-req', '-in', file('server.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key')],
    ...['-CAcreateserial', '-days', '7', '-extfile', file('names'), '-out', file('server.pem')],
  ])
  return { ca: file('ca.pem'), certificate: file('server.pem'), key: file('server.key') }
}

async function openssl(args: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)('openssl', args)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new Error('openssl is not installed. Debian, Ubuntu: apt-get install openssl; macOS has it')
  }
}
