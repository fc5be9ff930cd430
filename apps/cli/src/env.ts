import { join } from 'node:path'

/** Everything the walk-through is told from outside. It shares no secret with the servers but the demo user's password. */
export interface Env {
  readonly issuer: string
  readonly api: string
  readonly web: string
  readonly password: string
  /** Where `--key=file` keeps the sealed key. */
  readonly keyFile: string
  readonly keyPassphrase: string | undefined
  readonly pkcs11Module: string | undefined
  readonly pkcs11Token: string | undefined
  readonly pkcs11Pin: string | undefined
  readonly chromiumPath: string | undefined
  /** All of it, for programs that the walk starts. */
  readonly environment: NodeJS.ProcessEnv
}

/** Throws TypeError when a URL is none. */
export function readEnv(env: NodeJS.ProcessEnv = process.env): Env {
  return {
    issuer: baseUrl('ISSUER_URL', env.ISSUER_URL || 'http://localhost:4000'),
    api: baseUrl('API_URL', env.API_URL || 'http://localhost:4001'),
    web: baseUrl('WEB_URL', env.WEB_URL || 'http://localhost:3000'),
    password: env.DEMO_PASSWORD || 'keybound-demo',
    keyFile: env.KEY_FILE || join(env.KEYBOUND_DATA || '.keybound', 'clients', 'cli.dpop-key.jwe'),
    keyPassphrase: env.KEY_PASSPHRASE,
    pkcs11Module: env.PKCS11_MODULE,
    pkcs11Token: env.PKCS11_TOKEN,
    pkcs11Pin: env.PKCS11_PIN,
    chromiumPath: env.CHROMIUM_PATH,
    environment: env,
  }
}

function baseUrl(name: string, text: string): string {
  if (!URL.canParse(text)) throw new TypeError(`${name} is no URL: ${text}`)
  return text.replace(/\/+$/, '')
}
