import { readFileSync, statSync } from 'node:fs'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SigningKey } from '@keybound/authorization-server'
import { weaknessOfSecret } from '@keybound/oauth'
import { z } from 'zod'
import { signingAlgs } from './keys/signing-alg.ts'

/** What the auth-server reads from outside, checked once at start. Nothing else reads process.env. */
export interface Env {
  readonly mode: 'demo' | 'hardened'
  readonly host: string
  readonly port: number
  /** The public base URL, and the `iss` of everything: no trailing slash, query or fragment. */
  readonly issuer: string
  readonly apiUrl: string
  /** In demo mode its pages may read the journal and follow the feed. */
  readonly webOrigin: string
  /** Where `/metrics` listens; port 0 takes a free one. */
  readonly metrics: { readonly host: string; readonly port: number }
  /** Where refusals are explained. Absent in hardened mode unless it is given. */
  readonly webUrl?: string
  /** Addresses and CIDR blocks of the proxies in front; what others say of where a request comes from is dropped. */
  readonly trustedProxies: readonly string[]
  readonly dataDirectory: string
  /** Where everything is kept, and for how many replicas. */
  readonly stores: {
    readonly databaseUrl: string
    readonly ledgerUrl?: string
    readonly replicas: number
    readonly hardened?: true
  }
  /** Of at least 32 bytes; makes the DPoP nonces of this origin. */
  readonly nonceSecret: string
  /** Of new keys that sign tokens; an active key of another algorithm is rotated out. */
  readonly signingAlg: SigningKey['alg']
  /** What every client is held to. */
  readonly securityProfile: 'baseline' | 'fapi2'
  /** Whether a proof that is used twice ends the grant of its token. */
  readonly revokeOnReplay: boolean
  /** Who has it may register clients (RFC 7591); nobody may where it is absent. */
  readonly initialAccessToken?: string
  /** Shown on the login page; absent in hardened mode. */
  readonly demoPassword?: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** The same depth from src/ and from dist/. */
const repository = fileURLToPath(new URL('../../..', import.meta.url))

const defaultDemoPassword = 'keybound-demo'

const port = z.coerce
  .number('must be a port number')
  .int('must be a port number')
  .min(0, 'must be a port number')
  .max(65535, 'must be a port number')

const baseUrl = z.string().check((context) => {
  const problem = baseUrlProblem(context.value)
  if (problem) context.issues.push({ code: 'custom', input: context.value, message: problem })
})

const secret = z
  .string('is missing: set it, or run `npm run prepare:data -w @keybound/prisma`, which writes secrets.env')
  .check((context) => {
    const weakness = weaknessOfSecret(context.value)
    if (weakness) context.issues.push({ code: 'custom', input: '', message: weakness })
  })

const variables = z.object({
  KEYBOUND_MODE: z.enum(['demo', 'hardened'], 'must be demo or hardened').default('demo'),
  HOST: z.string().default('127.0.0.1'),
  AUTH_PORT: port.default(4000),
  API_PORT: port.default(4001),
  ISSUER_URL: baseUrl.optional(),
  API_URL: baseUrl.optional(),
  WEB_PORT: port.default(3000),
  WEB_URL: baseUrl.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  AUTH_METRICS_PORT: port.default(0),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((list) => list.split(/[\s,]+/).filter(Boolean))
    .refine((list) => list.every(isAddressBlock), 'must be IP addresses or CIDR blocks, separated by commas'),
  DATABASE_URL: z.string().optional(),
  LEDGER_URL: z.string().optional(),
  KEYBOUND_REPLICAS: z.coerce.number('must be a number').int('must be a whole number').min(1).default(1),
  AUTH_NONCE_SECRET: secret,
  SIGNING_ALG: z.enum(signingAlgs, 'must be ES256, PS256 or EdDSA').default('ES256'),
  SECURITY_PROFILE: z.enum(['baseline', 'fapi2'], 'must be baseline or fapi2').default('baseline'),
  REVOKE_ON_REPLAY: z.enum(['true', 'false'], 'must be true or false').default('false'),
  INITIAL_ACCESS_TOKEN: secret.optional(),
  DEMO_PASSWORD: z.string().default(defaultDemoPassword),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
})

/**
 * Reads and checks the environment; what it does not hold is looked up in `<KEYBOUND_DATA>/secrets.env`. An empty variable counts as absent.
 * Throws Error whose message names every variable that is wrong and never shows a value.
 */
export function readEnv(environment: NodeJS.ProcessEnv = process.env): Env {
  const given = present(environment)
  const dataDirectory = resolve(repository, given.KEYBOUND_DATA ?? '.keybound')
  const parsed = variables.safeParse({ ...readSecrets(resolve(dataDirectory, 'secrets.env')), ...given })
  const hardened = given.KEYBOUND_MODE === 'hardened'
  const refused = [
    ...(parsed.error?.issues ?? []).map(({ path, message }) => `${String(path[0])} ${message}`),
    ...(hardened ? hardenedProblems(given) : []),
    ...(Number(given.AUTH_PORT) === 0 && !given.ISSUER_URL
      ? ['ISSUER_URL is needed where AUTH_PORT is 0']
      : []),
  ]
  if (!parsed.success || refused.length > 0) throw new Error(problems(refused))
  const values = parsed.data
  const issuer = values.ISSUER_URL ?? `http://localhost:${values.AUTH_PORT}`
  const webUrl = values.WEB_URL ?? (hardened ? undefined : `http://localhost:${values.WEB_PORT}`)
  return {
    mode: values.KEYBOUND_MODE,
    host: values.HOST,
    port: values.AUTH_PORT,
    issuer,
    apiUrl: values.API_URL ?? `http://localhost:${values.API_PORT}`,
    webOrigin: new URL(values.WEB_URL ?? `http://localhost:${values.WEB_PORT}`).origin,
    metrics: { host: values.METRICS_HOST, port: values.AUTH_METRICS_PORT },
    ...(webUrl !== undefined && { webUrl }),
    trustedProxies: values.TRUSTED_PROXIES,
    dataDirectory,
    stores: {
      databaseUrl: values.DATABASE_URL ?? `file:${resolve(dataDirectory, 'auth.db')}`,
      ...(values.LEDGER_URL !== undefined && { ledgerUrl: values.LEDGER_URL }),
      replicas: values.KEYBOUND_REPLICAS,
      ...(hardened && { hardened: true }),
    },
    nonceSecret: values.AUTH_NONCE_SECRET,
    signingAlg: values.SIGNING_ALG,
    securityProfile: values.SECURITY_PROFILE,
    revokeOnReplay: values.REVOKE_ON_REPLAY === 'true',
    ...(values.INITIAL_ACCESS_TOKEN !== undefined && { initialAccessToken: values.INITIAL_ACCESS_TOKEN }),
    ...(hardened ? {} : { demoPassword: values.DEMO_PASSWORD }),
    logLevel: values.LOG_LEVEL,
  }
}

function problems(list: readonly string[]): string {
  return ['The environment of the auth-server is not usable:', ...list.map((line) => `  - ${line}`)].join(
    '\n',
  )
}

function hardenedProblems(given: Readonly<Record<string, string>>): string[] {
  const refused: string[] = []
  for (const name of ['ISSUER_URL', 'API_URL'])
    if (!given[name]) refused.push(`${name} must be set in hardened mode`)
  for (const name of ['ISSUER_URL', 'API_URL', 'WEB_URL'])
    if (given[name]?.startsWith('http:')) refused.push(`${name} must be https in hardened mode`)
  if (given.DEMO_PASSWORD) refused.push('DEMO_PASSWORD must not be set in hardened mode')
  if (given.NODE_ENV === 'development') refused.push('NODE_ENV must not be development in hardened mode')
  if (given.NODE_TLS_REJECT_UNAUTHORIZED === '0')
    refused.push('NODE_TLS_REJECT_UNAUTHORIZED must not be 0 in hardened mode')
  return refused
}

function baseUrlProblem(text: string): string | undefined {
  if (!URL.canParse(text)) return 'must be an absolute URL'
  const url = new URL(text)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return 'must be an http or https URL'
  if (text !== url.origin + url.pathname.replace(/\/$/, ''))
    return 'must be written plainly: no trailing slash, query, fragment, user or upper-case host'
  return undefined
}

function isAddressBlock(text: string): boolean {
  const [address = '', prefix = '0', more] = text.split('/')
  const most = isIP(address) === 4 ? 32 : 128
  return isIP(address) !== 0 && more === undefined && /^\d{1,3}$/.test(prefix) && Number(prefix) <= most
}

function present(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => Boolean(entry[1])),
  )
}

/** Lines of NAME=value. A file that others may read is refused: what it holds is no secret any more. */
function readSecrets(file: string): Record<string, string> {
  let mode: number
  try {
    mode = statSync(file).mode
  } catch {
    return {}
  }
  if (mode & 0o077) throw new Error(problems([`${file} can be read by others: chmod 600 it`]))
  const lines = readFileSync(file, 'utf8').matchAll(/^([A-Z_]+)=(.+)$/gm)
  return Object.fromEntries(Array.from(lines, ([, name = '', value = '']) => [name, value.trim()]))
}
