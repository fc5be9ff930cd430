import { resolve } from 'node:path'
import { providerOf } from '../provider.ts'

/** What of the environment the preparation depends on. */
export interface Settings {
  readonly mode: 'demo' | 'hardened'
  /** Public base URLs, without a trailing slash. */
  readonly webUrl: string
  readonly apiUrl: string
  readonly demoPassword: string
  /** From DATABASE_URL: a PostgreSQL database for all three apps, or the auth-server's SQLite file where that is not in the data directory. */
  readonly database?: string
}

/** Throws Error where a value is unusable. An empty variable counts as absent. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const mode = env.KEYBOUND_MODE || 'demo'
  if (mode !== 'demo' && mode !== 'hardened') throw new Error('KEYBOUND_MODE must be demo or hardened')
  return {
    mode,
    webUrl: baseUrl('WEB_URL', env.WEB_URL || `http://localhost:${env.WEB_PORT || 3000}`),
    apiUrl: baseUrl('API_URL', env.API_URL || `http://localhost:${env.API_PORT || 4001}`),
    demoPassword: env.DEMO_PASSWORD || 'keybound-demo',
    ...(env.DATABASE_URL && { database: databaseOf(env.DATABASE_URL) }),
  }
}

function baseUrl(name: string, text: string): string {
  if (!/^https?:\/\/[^\s?#]+$/.test(text) || !URL.canParse(text))
    throw new Error(`${name} must be an http(s) URL`)
  return text.replace(/\/+$/, '')
}

function databaseOf(url: string): string {
  if (url.startsWith('file:')) return resolve(url.slice('file:'.length))
  if (providerOf(url) === 'postgresql' && URL.canParse(url)) return url
  throw new Error('DATABASE_URL must be file:<path> or postgresql://<user>@<host>/<database>')
}
