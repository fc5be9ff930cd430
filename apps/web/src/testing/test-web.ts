import { createNonceCache } from '@keybound/dpop/client'
import { exportJWK, generateKeyPair } from 'jose'
import { importClientKey } from '../auth/client-key.ts'
import { createProvider } from '../auth/provider.ts'
import type { Web } from '../dependencies.ts'
import type { Env } from '../env.ts'
import { createLog } from '../log.ts'
import { memoryWebSessionRows } from '../session/memory-web-session-rows.ts'
import { createSealer } from '../session/seal.ts'
import { createWebSessions } from '../session/web-sessions.ts'
import { issuer } from './fake-authorization-server.ts'

export const testEnv: Env = {
  host: '127.0.0.1',
  port: 3000,
  webUrl: 'http://web.example',
  issuer,
  apiUrl: 'http://api.example',
  labUrl: undefined,
  data: '/nowhere',
  stores: { databaseUrl: 'file:/nowhere/web.db', replicas: 1 },
  authSecret: 'q7Xo2mVt9Lk4Rz8Wb1Nc6Yp3Hs5Jd0Fg',
  sealSecret: 'Zx81kPqLw0vTn3Bc7RmYs5Hd2Jf9Ga4E',
  mode: 'demo',
  logLevel: 'silent',
  sources: '',
  metrics: {},
}

/** The web app's parts over memory, with a fetch in place of the network. */
export async function testWeb(fetch: typeof globalThis.fetch, change: { clock?: Web['clock'] } = {}) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const clock = change.clock ?? (() => Date.now() / 1000)
  const rows = memoryWebSessionRows()
  return {
    ...change,
    env: testEnv,
    log: createLog('silent'),
    clock,
    fetch,
    clientKey: await importClientKey({ ...(await exportJWK(privateKey)), alg: 'ES256', kid: 'client-key' }),
    provider: createProvider({ issuer, fetch, clock }),
    rows,
    sessions: createWebSessions({ rows, sealer: createSealer(testEnv.sealSecret), clock }),
    nonces: createNonceCache(),
    refreshes: new Map(),
    close: async () => {},
  } satisfies Web
}

/** A browser's cookies, as far as one origin needs them. */
export class CookieJar {
  readonly cookies = new Map<string, string>()

  take(response: Response): void {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';')
      const at = pair.indexOf('=')
      const gone = attributes.some((attribute) => attribute.trim().toLowerCase() === 'max-age=0')
      if (gone) this.cookies.delete(pair.slice(0, at))
      else this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
    }
  }

  get header(): string {
    return Array.from(this.cookies, ([name, value]) => `${name}=${value}`).join('; ')
  }
}
