import type { Env } from '../env.ts'
import { outboundFetch } from '../http/outbound-fetch.ts'

export interface AppHealth {
  readonly app: 'web' | 'auth-server' | 'resource-api'
  readonly says: string
  readonly url: string
  readonly status: 'up' | 'not ready' | 'down'
  /** Of the answer, in seconds. */
  readonly took?: number
}

/** Asks each app whether it is ready, this one over the network too: what is shown is what a visitor would meet. */
export function readAppHealth(env: Pick<Env, 'webUrl' | 'issuer' | 'apiUrl'>): Promise<AppHealth[]> {
  return Promise.all([
    ask('web', 'this site', env.webUrl),
    ask('auth-server', 'issues tokens', env.issuer),
    ask('resource-api', 'guards the profile', env.apiUrl),
  ])
}

async function ask(app: AppHealth['app'], says: string, url: string): Promise<AppHealth> {
  const began = performance.now()
  try {
    const response = await outboundFetch(`${url}/readyz`, { signal: AbortSignal.timeout(1500) })
    const took = (performance.now() - began) / 1000
    return { app, says, url, status: response.ok ? 'up' : 'not ready', took }
  } catch {
    return { app, says, url, status: 'down' }
  }
}
