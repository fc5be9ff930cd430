import type { Env } from '../env.ts'
import { outboundFetch } from '../http/outbound-fetch.ts'

export interface Health {
  readonly name: 'web' | 'auth-server' | 'resource-api' | 'store'
  readonly says: string
  readonly url?: string
  readonly status: 'up' | 'not ready' | 'down' | 'unknown'
  /** What starts it, to be typed in the repository. */
  readonly command: string
}

/**
 * Asks each app whether it is ready, this one over the network too: what is shown is what a visitor would meet. An app that answers and is not
 * ready cannot reach its store.
 */
export async function readHealth(env: Pick<Env, 'webUrl' | 'issuer' | 'apiUrl'>): Promise<Health[]> {
  const apps = await Promise.all([
    ask('web', 'this site', env.webUrl),
    ask('auth-server', 'issues tokens', env.issuer),
    ask('resource-api', 'guards the profile', env.apiUrl),
  ])
  return [...apps, storeBehind(apps)]
}

async function ask(name: 'web' | 'auth-server' | 'resource-api', says: string, url: string): Promise<Health> {
  const about = { name, says, url, command: `npm start -w @keybound/${name}-app` }
  try {
    const response = await outboundFetch(`${url}/readyz`, { signal: AbortSignal.timeout(1500) })
    return { ...about, status: response.ok ? 'up' : 'not ready' }
  } catch {
    return { ...about, status: 'down' }
  }
}

function storeBehind(apps: readonly Health[]): Health {
  const answering = apps.filter(({ status }) => status !== 'down')
  const without = answering.filter(({ status }) => status === 'not ready').map(({ name }) => name)
  return {
    name: 'store',
    says:
      without.length > 0 ? `not within reach of ${without.join(' and ')}` : 'keeps grants and used proofs',
    status: answering.length === 0 ? 'unknown' : without.length > 0 ? 'down' : 'up',
    command: 'npm run prepare:data -w @keybound/prisma',
  }
}
