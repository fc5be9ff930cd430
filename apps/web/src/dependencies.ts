import { createNonceCache, type NonceCache } from '@keybound/dpop/client'
import { type Clock, systemClock } from '@keybound/oauth'
import { openStores } from '@keybound/stores'
import { type ClientKey, readClientKey } from './auth/client-key.ts'
import { createProvider, type Provider } from './auth/provider.ts'
import { type Env, env as readEnv } from './env.ts'
import { outboundFetch } from './http/outbound-fetch.ts'
import { createLog, type Log } from './log.ts'
import { prismaWebSessionRows } from './session/prisma-web-session-rows.ts'
import { createSealer } from './session/seal.ts'
import type { WebSessionRows } from './session/web-session-rows.ts'
import { createWebSessions, type WebSession, type WebSessions } from './session/web-sessions.ts'
import { shared } from './shared.ts'

/** Everything that the web app shares between requests. */
export interface Web {
  readonly env: Env
  readonly log: Log
  readonly clock: Clock
  readonly fetch: typeof fetch
  readonly clientKey: ClientKey
  readonly provider: Provider
  readonly rows: WebSessionRows
  readonly sessions: WebSessions
  /** The latest nonce of each origin. Nonces are the server's, not a session's, so sessions share them. */
  readonly nonces: NonceCache
  /** Refreshes under way in this process, by session id. */
  readonly refreshes: Map<string, Promise<WebSession | undefined>>
  close(): Promise<void>
}

/**
 * Wired once per process. A production build of Next gives route handlers, pages and proxy.ts an instance of every module each, so
 * what is shared lives on globalThis. A fault is not kept: the next request tries again.
 */
export function web(): Promise<Web> {
  shared.web ??= wire(readEnv()).catch((fault: unknown) => {
    shared.web = undefined
    throw fault
  })
  return shared.web as Promise<Web>
}

async function wire(env: Env): Promise<Web> {
  const clock = systemClock
  const clientKey = await readClientKey(env.data)
  const database = await openStores(env.stores)
  const rows = prismaWebSessionRows(database.prisma.webSession)
  return {
    env,
    log: createLog(env.logLevel),
    clock,
    fetch: outboundFetch,
    clientKey,
    provider: createProvider({ issuer: env.issuer, fetch: outboundFetch, clock }),
    rows,
    sessions: createWebSessions({ rows, sealer: createSealer(env.sealSecret), clock }),
    nonces: createNonceCache(),
    refreshes: new Map(),
    close: database.close,
  }
}
