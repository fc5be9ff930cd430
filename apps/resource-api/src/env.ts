import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { weaknessOfSecret } from '@keybound/oauth'
import { z } from 'zod'

/** What the resource API reads from outside, checked once at start. Nothing else reads process.env. URLs have no trailing slash. */
export interface Env {
  readonly mode: 'demo' | 'hardened'
  readonly host: string
  readonly port: number
  /** Where `/metrics` listens; port 0 takes a free one. */
  readonly metrics: { readonly host: string; readonly port: number }
  /** The public base URL of this API. */
  readonly apiUrl: string
  /** The resource identifier: audience of tokens, and the URL that proofs name. */
  readonly resource: string
  readonly issuer: string
  /** The one origin whose pages may read answers. */
  readonly webOrigin: string
  /** Where everything is kept, and for how many replicas. */
  readonly stores: {
    readonly databaseUrl: string
    readonly ledgerUrl?: string
    readonly replicas: number
    readonly hardened?: true
  }
  /** Makes the DPoP nonces of this origin. */
  readonly nonceSecret: string
  /** Authenticates this API at the introspection endpoint. */
  readonly clientSecret: string
  /** Whether the authorization server is told of a proof that is used twice, so that it can end the grant. */
  readonly revokeOnReplay: boolean
  readonly logLevel: string
  readonly development: boolean
}

/** The same depth from src/ and from dist/. */
const repository = fileURLToPath(new URL('../../..', import.meta.url))

const port = z.coerce.number('must be a port number').int('must be a port number').min(0).max(65535)

const baseUrl = z
  .string()
  .refine(isBaseUrl, 'must be an http(s) URL without slash at the end, query, fragment or user')

const secret = z.string('is missing: set it, or let npm start write secrets.env').check((context) => {
  const weakness = weaknessOfSecret(context.value)
  if (weakness) context.issues.push({ code: 'custom', input: '', message: weakness })
})

const variables = z.object({
  KEYBOUND_MODE: z.enum(['demo', 'hardened'], 'must be demo or hardened').default('demo'),
  HOST: z.string().default('127.0.0.1'),
  API_PORT: port.default(4001),
  METRICS_HOST: z.string().default('127.0.0.1'),
  API_METRICS_PORT: port.default(0),
  AUTH_PORT: port.default(4000),
  WEB_PORT: port.default(3000),
  API_URL: baseUrl.optional(),
  ISSUER_URL: baseUrl.optional(),
  WEB_URL: baseUrl.optional(),
  DATABASE_URL: z.string().optional(),
  LEDGER_URL: z.string().optional(),
  KEYBOUND_REPLICAS: z.coerce.number('must be a number').int('must be a whole number').min(1).default(1),
  API_NONCE_SECRET: secret,
  API_CLIENT_SECRET: secret,
  REVOKE_ON_REPLAY: z.enum(['true', 'false'], 'must be true or false').default('false'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  NODE_ENV: z.string().optional(),
  NODE_TLS_REJECT_UNAUTHORIZED: z.string().optional(),
})

/**
 * Reads and checks the environment; what it does not hold is looked up in `<KEYBOUND_DATA>/secrets.env`. An empty variable counts as absent.
 * Throws Error whose message names every variable that is wrong and never shows a value.
 */
export function readEnv(environment: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value))
  const data = resolve(repository, given.KEYBOUND_DATA ?? '.keybound')
  const parsed = variables.safeParse({ ...readSecrets(resolve(data, 'secrets.env')), ...given })
  if (!parsed.success)
    throw unusable(parsed.error.issues.map(({ path, message }) => `${String(path[0])} ${message}`))
  const values = parsed.data
  const env: Env = {
    mode: values.KEYBOUND_MODE,
    host: values.HOST,
    port: values.API_PORT,
    metrics: { host: values.METRICS_HOST, port: values.API_METRICS_PORT },
    apiUrl: values.API_URL ?? `http://localhost:${values.API_PORT}`,
    resource: `${values.API_URL ?? `http://localhost:${values.API_PORT}`}/api/profile`,
    issuer: values.ISSUER_URL ?? `http://localhost:${values.AUTH_PORT}`,
    webOrigin: new URL(values.WEB_URL ?? `http://localhost:${values.WEB_PORT}`).origin,
    stores: {
      databaseUrl: databaseUrl(values.DATABASE_URL, data),
      ...(values.LEDGER_URL !== undefined && { ledgerUrl: values.LEDGER_URL }),
      replicas: values.KEYBOUND_REPLICAS,
      ...(values.KEYBOUND_MODE === 'hardened' && { hardened: true }),
    },
    nonceSecret: values.API_NONCE_SECRET,
    clientSecret: values.API_CLIENT_SECRET,
    revokeOnReplay: values.REVOKE_ON_REPLAY === 'true',
    logLevel: values.LOG_LEVEL,
    development: values.NODE_ENV === 'development',
  }
  const wrong = contradictions(env, values)
  if (wrong.length > 0) throw unusable(wrong)
  return env
}

/** A file is one app's own: where DATABASE_URL names the auth-server's, this app's is still in the data directory. */
function databaseUrl(given: string | undefined, data: string): string {
  return given === undefined || given.startsWith('file:') ? `file:${resolve(data, 'api.db')}` : given
}

/** Before Next is loaded: production unless told otherwise, and no telemetry. */
export function prepareProcess(environment: Record<string, string | undefined> = process.env): void {
  Object.assign(environment, { NODE_ENV: environment.NODE_ENV || 'production', NEXT_TELEMETRY_DISABLED: '1' })
}

function contradictions(env: Env, given: z.infer<typeof variables>): string[] {
  const wrong: string[] = []
  if (env.port === 0 && !given.API_URL) wrong.push('API_URL is needed where API_PORT is 0')
  if (env.nonceSecret === env.clientSecret)
    wrong.push('API_NONCE_SECRET and API_CLIENT_SECRET are the same: one secret per purpose')
  if (env.mode === 'demo') return wrong
  for (const [name, url] of Object.entries({
    API_URL: env.apiUrl,
    ISSUER_URL: env.issuer,
    WEB_URL: env.webOrigin,
  })) {
    if (!url.startsWith('https:')) wrong.push(`${name} must be https in hardened mode`)
  }
  if (env.development) wrong.push('NODE_ENV must not be development in hardened mode')
  if (given.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    wrong.push('NODE_TLS_REJECT_UNAUTHORIZED must not be 0 in hardened mode')
  return wrong
}

function unusable(lines: readonly string[]): Error {
  return new Error(
    ['The environment of the resource API is not usable:', ...lines.map((line) => `  - ${line}`)].join('\n'),
  )
}

function isBaseUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, origin, pathname } = new URL(text)
  return /^https?:$/.test(protocol) && text === origin + pathname.replace(/\/$/, '')
}

/** Lines of NAME=value. A file that others may read is refused: what it holds is no secret any more. */
function readSecrets(file: string): Record<string, string> {
  const status = statSync(file, { throwIfNoEntry: false })
  if (!status) return {}
  if (status.mode & 0o077) throw unusable([`${file} can be read by others: chmod 600 it`])
  const lines = readFileSync(file, 'utf8').matchAll(/^([A-Z_]+)=(.+)$/gm)
  return Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value.trim()]))
}
