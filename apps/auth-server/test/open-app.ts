import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { memoryStores } from '@keybound/stores/memory'
import { fixedClock } from '@keybound/testkit'
import { hash } from '@node-rs/argon2'
import { createApp } from '../src/app.ts'
import { type Dependencies, type Storage, wire } from '../src/dependencies.ts'
import type { Env } from '../src/env.ts'
import { createLog } from '../src/log/create-log.ts'
import { clients, password } from './clients.ts'
import {
  memoryAccountApps,
  memorySessionRecords,
  memorySigningKeyStates,
  memoryUsers,
} from './memory-tables.ts'

const passwordHash = await hash(password)

const people = [
  { subject: '6f1c1d5e-0001-4000-8000-000000000001', username: 'alice', name: 'Alice Ames' },
  { subject: '6f1c1d5e-0001-4000-8000-000000000002', username: 'bob', name: 'Bob Baker' },
].map((one) => ({ ...one, passwordHash, email: `${one.username}@example.com`, locale: 'en', updatedAt: 0 }))

/** Whom an in-process request comes from. */
const peer = { incoming: { socket: { remoteAddress: '127.0.0.1' } } }

/** The whole app over memory stores, with a clock that stands still at the time of the call. No port is opened. */
export async function openApp(change: Partial<Env> = {}, replace: Partial<Storage> = {}) {
  const clock = fixedClock(Date.now() / 1000)
  const written: string[] = []
  const env: Env = {
    mode: 'demo',
    host: '127.0.0.1',
    port: 4000,
    issuer: 'http://localhost:4000',
    apiUrl: 'http://localhost:4001',
    webOrigin: 'http://localhost:3000',
    metrics: { host: '127.0.0.1', port: 0 },
    dataDirectory: mkdtempSync(join(tmpdir(), 'keybound-app-')),
    stores: { databaseUrl: 'file:none', replicas: 1 },
    nonceSecret: 'MEpvYj4PcnP3h1o0Tn3JmsUoQb9YyLcdQ2wqU9cT1zk',
    demoPassword: password,
    securityProfile: 'baseline',
    revokeOnReplay: false,
    trustedProxies: [],
    signingAlg: 'ES256',
    logLevel: 'info',
    ...change,
  }
  const stores = memoryStores({ clients })
  const storage: Storage = {
    stores,
    users: memoryUsers(people),
    sessionRecords: memorySessionRecords(),
    signingKeyStates: memorySigningKeyStates(),
    accountApps: memoryAccountApps(stores),
    publicRedirectUris: async () =>
      clients.filter((c) => c.token_endpoint_auth_method === 'none').flatMap((c) => c.redirect_uris),
    addUser: async () => {},
    ledgerEntries: async () => 0,
    ping: async () => {},
    close: async () => {},
    ...replace,
  }
  const log = createLog({ level: env.logLevel, destination: { write: (line) => written.push(line) } })
  const dependencies: Dependencies = await wire(env, storage, log, clock.now)
  const app = createApp(dependencies)
  return {
    clock,
    written,
    storage,
    dependencies,
    issuer: env.issuer,
    /** Sends one request; a path is relative to the issuer's origin. */
    async send(target: string, init: RequestInit = {}): Promise<Response> {
      return app.request(new Request(new URL(target, env.issuer), init), undefined, peer)
    },
    app,
  }
}

export type OpenedApp = Awaited<ReturnType<typeof openApp>>
