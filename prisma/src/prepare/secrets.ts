import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { writePrivateFile } from './private-files.ts'

const names = [
  'AUTH_SECRET',
  'SEAL_SECRET',
  'AUTH_NONCE_SECRET',
  'API_NONCE_SECRET',
  'API_CLIENT_SECRET',
] as const

export type Secrets = Readonly<Record<(typeof names)[number], string>>

/** The secrets of the environment; what it does not give comes from `secrets.env`, where the missing ones are generated once. */
export function openSecrets(
  data: string,
  env: Readonly<Record<string, string | undefined>>,
  report: (line: string) => void,
): Secrets {
  const file = join(data, 'secrets.env')
  const kept = existsSync(file) ? readSecrets(file) : new Map<string, string>()
  const missing = names.filter((name) => !env[name] && !kept.has(name))
  for (const name of missing) kept.set(name, randomBytes(32).toString('base64url'))
  if (missing.length > 0) {
    writePrivateFile(file, Array.from(kept, ([name, value]) => `${name}=${value}\n`).join(''))
    report(`generated ${missing.join(', ')} in ${file}`)
  }
  return Object.fromEntries(names.map((name) => [name, env[name] || kept.get(name)])) as Secrets
}

function readSecrets(file: string): Map<string, string> {
  chmodSync(file, 0o600)
  const lines = readFileSync(file, 'utf8').matchAll(/^([A-Z_]+)=(.+)$/gm)
  return new Map(Array.from(lines, ([, name = '', value = '']) => [name, value.trim()]))
}
