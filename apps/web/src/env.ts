import { readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { weaknessOfSecret } from '@keybound/oauth'
import { z } from 'zod'

/** What the web app reads from its surroundings, once, at start. URLs have no trailing slash; the web app's own is an origin. */
export interface Env {
  readonly host: string
  readonly port: number
  readonly webUrl: string
  readonly issuer: string
  readonly apiUrl: string
  /** Of the attack lab, which is there in demo mode alone. */
  readonly labUrl: string | undefined
  /** Absolute path of KEYBOUND_DATA. */
  readonly data: string
  /** Where the sessions are, and for how many replicas. */
  readonly stores: { readonly databaseUrl: string; readonly replicas: number; readonly hardened?: true }
  readonly authSecret: string
  readonly sealSecret: string
  readonly mode: 'demo' | 'hardened'
  readonly logLevel: string
  /** Absolute path of the repository, whose documents and sources the pages show; empty where that is not known. */
  readonly sources: string
  /** Where the servers show their figures; absent where the port is not known. */
  readonly metrics: { readonly authServer?: string; readonly resourceApi?: string; readonly lab?: string }
}

/** A start is refused with this: its message is meant for the operator's terminal. */
export class EnvError extends Error {
  override readonly name = 'EnvError'
}

const port = z.coerce.number().int().min(1).max(65535)
const url = z.url({ protocol: /^https?$/ })

const variables = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  WEB_PORT: port.default(3000),
  AUTH_PORT: port.default(4000),
  API_PORT: port.default(4001),
  LAB_PORT: port.default(4002),
  WEB_URL: url.optional(),
  ISSUER_URL: url.optional(),
  API_URL: url.optional(),
  LAB_URL: url.optional(),
  KEYBOUND_DATA: z.string().min(1),
  DATABASE_URL: z.string().optional(),
  KEYBOUND_REPLICAS: z.coerce.number().int().min(1).default(1),
  AUTH_SECRET: z.string().optional(),
  SEAL_SECRET: z.string().optional(),
  KEYBOUND_MODE: z.enum(['demo', 'hardened']).default('demo'),
  METRICS_HOST: z.string().default('127.0.0.1'),
  AUTH_METRICS_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  API_METRICS_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  LAB_METRICS_PORT: z.coerce.number().int().min(0).max(65535).default(0),
  KEYBOUND_SOURCES: z.string().default(''),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
  NODE_TLS_REJECT_UNAUTHORIZED: z.string().optional(),
})

/**
 * Reads and checks the environment; a secret that it does not give is taken from `<KEYBOUND_DATA>/secrets.env`.
 * Throws EnvError, so that the app does not start with a missing, short or well-known secret.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = variables.safeParse(given)
  if (!parsed.success) throw new EnvError(`The environment is not usable.\n${z.prettifyError(parsed.error)}`)
  const v = parsed.data
  const secrets = readSecrets(v.KEYBOUND_DATA)
  const env: Env = {
    host: v.HOST,
    port: v.WEB_PORT,
    webUrl: origin('WEB_URL', v.WEB_URL ?? `http://localhost:${v.WEB_PORT}`),
    issuer: baseUrl('ISSUER_URL', v.ISSUER_URL ?? `http://localhost:${v.AUTH_PORT}`),
    apiUrl: baseUrl('API_URL', v.API_URL ?? `http://localhost:${v.API_PORT}`),
    labUrl:
      v.KEYBOUND_MODE === 'demo'
        ? baseUrl('LAB_URL', v.LAB_URL ?? `http://localhost:${v.LAB_PORT}`)
        : undefined,
    data: v.KEYBOUND_DATA,
    stores: {
      databaseUrl: databaseUrl(v.DATABASE_URL, v.KEYBOUND_DATA),
      replicas: v.KEYBOUND_REPLICAS,
      ...(v.KEYBOUND_MODE === 'hardened' && { hardened: true }),
    },
    authSecret: secret('AUTH_SECRET', v.AUTH_SECRET ?? secrets.get('AUTH_SECRET'), v.KEYBOUND_DATA),
    sealSecret: secret('SEAL_SECRET', v.SEAL_SECRET ?? secrets.get('SEAL_SECRET'), v.KEYBOUND_DATA),
    mode: v.KEYBOUND_MODE,
    logLevel: v.LOG_LEVEL,
    sources: v.KEYBOUND_SOURCES,
    metrics: {
      ...(v.AUTH_METRICS_PORT > 0 && { authServer: metricsUrl(v.METRICS_HOST, v.AUTH_METRICS_PORT) }),
      ...(v.API_METRICS_PORT > 0 && { resourceApi: metricsUrl(v.METRICS_HOST, v.API_METRICS_PORT) }),
      ...(v.LAB_METRICS_PORT > 0 && { lab: metricsUrl(v.METRICS_HOST, v.LAB_METRICS_PORT) }),
    },
  }
  if (env.authSecret === env.sealSecret)
    throw new EnvError('AUTH_SECRET and SEAL_SECRET are the same: one key per purpose.')
  if (env.mode === 'hardened') requireHardened(env, v)
  return env
}

let known: Env | undefined

/** The environment of this process. The only reader of process.env in the web app. */
export function env(): Env {
  known ??= readEnv(process.env)
  return known
}

/**
 * For the process's entry point: makes the data directory absolute (relative to the repository's root), says where the repository is, and hands next-auth
 * the one variable that it reads by itself. The copies of this module in Next's bundles then read the same values.
 */
export function prepareEnv(root: string): Env {
  process.env.KEYBOUND_DATA = resolve(root, process.env.KEYBOUND_DATA || '.keybound')
  process.env.KEYBOUND_SOURCES = root
  const read = env()
  process.env.AUTH_URL = read.webUrl
  process.env.NEXT_TELEMETRY_DISABLED = '1'
  for (const name of ['NEXTAUTH_URL', 'AUTH_REDIRECT_PROXY_URL']) delete process.env[name]
  return read
}

export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development'
}

function metricsUrl(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}/metrics`
}

/** Lines of NAME=value. A file that others may read is refused: what it holds is no secret any more. */
function readSecrets(data: string): ReadonlyMap<string, string> {
  const file = join(data, 'secrets.env')
  const status = statSync(file, { throwIfNoEntry: false })
  if (!status) return new Map()
  if (status.mode & 0o077) throw new EnvError(`${file} can be read by others: chmod 600 it.`)
  const lines = readFileSync(file, 'utf8').matchAll(/^\s*([A-Z_]+)\s*=\s*"?([^"\r\n]*?)"?\s*$/gm)
  return new Map(Array.from(lines, ([, name = '', value = '']) => [name, value]))
}

function secret(name: string, value: string | undefined, data: string): string {
  const advice = `Give it in the environment (openssl rand -base64 33), or let npm start generate it into ${data}/secrets.env.`
  if (value === undefined || value === '') throw new EnvError(`${name} is missing. ${advice}`)
  const weakness = weaknessOfSecret(value)
  if (weakness) throw new EnvError(`${name} ${weakness}. ${advice}`)
  return value
}

/** A file is one app's own: where DATABASE_URL names the auth-server's, this app's is still in the data directory. */
function databaseUrl(given: string | undefined, data: string): string {
  return given === undefined || given.startsWith('file:') ? `file:${join(data, 'web.db')}` : given
}

function origin(name: string, value: string): string {
  const url = new URL(value)
  if (url.origin !== value.replace(/\/$/, '') || url.username !== '')
    throw new EnvError(`${name} has to be an origin like https://app.example, without path, query or user.`)
  return url.origin
}

function baseUrl(name: string, value: string): string {
  const url = new URL(value)
  if (url.search !== '' || url.hash !== '' || url.username !== '' || /[?#]/.test(value))
    throw new EnvError(`${name} has to be a URL without query, fragment or user.`)
  return value.replace(/\/+$/, '')
}

function requireHardened(env: Env, given: z.infer<typeof variables>): void {
  if (given.NODE_ENV === 'development')
    throw new EnvError('NODE_ENV must not be development in hardened mode.')
  if (given.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    throw new EnvError('NODE_TLS_REJECT_UNAUTHORIZED must not be 0 in hardened mode.')
  for (const [name, value] of Object.entries({
    WEB_URL: env.webUrl,
    ISSUER_URL: env.issuer,
    API_URL: env.apiUrl,
  }))
    if (!value.startsWith('https:')) throw new EnvError(`${name} has to be https in hardened mode.`)
}
