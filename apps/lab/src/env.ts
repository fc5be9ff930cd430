import { z } from 'zod'

/** What the lab reads from outside, checked once at start. Nothing else reads process.env. */
export interface Env {
  readonly host: string
  readonly port: number
  readonly labUrl: string
  /** The one origin whose pages may launch attacks. */
  readonly webOrigin: string
  /** Where `/metrics` listens; port 0 takes a free one. */
  readonly metrics: { readonly host: string; readonly port: number }
}

const port = z.coerce.number('must be a port number').int('must be a port number').min(0).max(65535)
const url = z.url({ protocol: /^https?$/, error: 'must be an http or https URL' })

const variables = z.object({
  // Where defences can be switched off nothing may be real.
  KEYBOUND_MODE: z
    .literal('demo', 'is not demo: the attack lab does not start outside demo mode')
    .default('demo'),
  HOST: z.string().default('127.0.0.1'),
  LAB_PORT: port.default(4002),
  LAB_URL: url.optional(),
  WEB_PORT: port.default(3000),
  WEB_URL: url.optional(),
  METRICS_HOST: z.string().default('127.0.0.1'),
  LAB_METRICS_PORT: port.default(0),
})

/** Throws Error whose message names every variable that is wrong; outside demo mode always. */
export function readEnv(environment: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value))
  const parsed = variables.safeParse(given)
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `  - ${String(path[0])} ${message}`)
    throw new Error(['The environment of the lab is not usable:', ...lines].join('\n'))
  }
  const values = parsed.data
  return {
    host: values.HOST,
    port: values.LAB_PORT,
    labUrl: (values.LAB_URL ?? `http://localhost:${values.LAB_PORT}`).replace(/\/$/, ''),
    webOrigin: new URL(values.WEB_URL ?? `http://localhost:${values.WEB_PORT}`).origin,
    metrics: { host: values.METRICS_HOST, port: values.LAB_METRICS_PORT },
  }
}
