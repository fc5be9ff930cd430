import {
  type AuthorizationServer,
  type Client,
  createAuthorizationServer,
  jwks,
  type KeyPurpose,
  type SigningKey,
  type Write,
} from '@keybound/authorization-server'
import { createKeyCache, signerFromJwk } from '@keybound/dpop'
import { localKeys, type ProtectResource, protectResource } from '@keybound/resource-server'
import { memoryStores, type Stores } from '@keybound/stores/memory'
import { testKeys } from '@keybound/testkit'
import type { JWK } from 'jose'
import type { Scheduler } from './scheduler.ts'

/** When every simulation begins. */
export const start = 1_800_000_000

export const issuer = 'https://as.example'
export const resource = 'https://api.example/api/profile'

/** An auth-server and an API of one machine, with one clock, over the stores that all machines share. */
export interface Replica {
  readonly server: AuthorizationServer
  readonly protect: ProtectResource
  /** Seconds that its clock is ahead of the world's. */
  offset: number
}

export interface SimulatedPlatform {
  /** The stores themselves, for the checker. */
  readonly stores: Stores
  /** Every commit that the store made, in its order. */
  readonly committed: (readonly Write[])[]
  readonly replicas: Replica[]
  /** A replica starts again with empty caches. */
  restart(replica: number): void
}

const client = {
  client_name: 'A client',
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: ['https://client.example/callback'],
  post_logout_redirect_uris: [],
  scope: 'openid profile offline_access',
  dpop_bound_access_tokens: true,
  require_pushed_authorization_requests: false,
  introspects: [],
} satisfies Partial<Client>

/** A public client whose refresh tokens rotate, a confidential one whose do not, and one for itself alone. */
export const clients = {
  app: { ...client, client_id: 'app', token_endpoint_auth_method: 'none', rotate_refresh_tokens: true },
  shop: {
    ...client,
    client_id: 'shop',
    token_endpoint_auth_method: 'private_key_jwt',
    rotate_refresh_tokens: false,
    jwks: { keys: [{ ...testKeys.ES256.publicJwk, kid: 'its key', use: 'sig' }] },
  },
  service: {
    ...client,
    client_id: 'service',
    grant_types: ['client_credentials'],
    redirect_uris: [],
    scope: 'profile',
    token_endpoint_auth_method: 'private_key_jwt',
    rotate_refresh_tokens: false,
    jwks: { keys: [{ ...testKeys.ES256.publicJwk, kid: 'its key', use: 'sig' }] },
  },
} as const satisfies Record<string, Client>

export type ClientName = keyof typeof clients

async function signingKey(purpose: KeyPurpose, name: 'ES256' | 'otherES256') {
  const { jkt, publicJwk, sign } = await signerFromJwk(testKeys[name].privateJwk)
  const key: SigningKey = { kid: jkt, alg: 'ES256', purpose, sign }
  const jwk: JWK = { ...publicJwk, kid: jkt, alg: 'ES256', use: 'sig' }
  return { key, jwk }
}

const keys = {
  'access token': await signingKey('access token', 'ES256'),
  'id token': await signingKey('id token', 'otherES256'),
}
const signingKeys = {
  active: async (purpose: KeyPurpose) => keys[purpose].key,
  publicKeys: async () => Object.values(keys).map(({ jwk }) => jwk),
}

/** @param now the world's clock @param sabotage makes the stores worse than they are, to see whether anybody notices */
export function simulatedPlatform(
  count: number,
  now: () => number,
  scheduler: Scheduler,
  sabotage: (stores: Stores) => Stores = (stores) => stores,
): SimulatedPlatform {
  const stores = sabotage(memoryStores({ clients: Object.values(clients) }))
  const committed: (readonly Write[])[] = []
  const watched = watch(stores, committed, scheduler)

  function replica(offset: number): Replica {
    const clock = () => now() + started.offset
    const server = createAuthorizationServer({
      issuer,
      clock,
      ...watched,
      signingKeys,
      resources: [{ identifier: resource, scopes: ['profile'] }],
      findClaims: async () => undefined,
      // Small, since a server starts for every seed and after every crash.
      proofKeys: createKeyCache({ max: 16 }),
      clientKeySets: { find: async () => [] },
    })
    const protect = protectResource({
      resource,
      issuer,
      clock,
      keys: localKeys(() => jwks(server)),
      ledger: watched.ledger,
      ledgerName: 'resource-api',
      kept: 16,
    })
    const started: Replica = { server, protect, offset }
    return started
  }

  const replicas = Array.from({ length: count }, () => replica(0))
  return {
    stores,
    committed,
    replicas,
    restart(index) {
      replicas[index] = replica(replicas[index]?.offset ?? 0)
    },
  }
}

/** The same stores, each call of which waits for the scheduler; what they commit is noted. */
function watch(stores: Stores, committed: (readonly Write[])[], scheduler: Scheduler): Stores {
  const noting: Stores = {
    ...stores,
    grantStore: {
      ...stores.grantStore,
      async commit(writes) {
        const lost = await stores.grantStore.commit(writes)
        if (!lost) committed.push(writes)
        return lost
      },
    },
    ledger: {
      async remember(entry) {
        const first = await stores.ledger.remember(entry)
        if (first) committed.push([{ do: 'remember', ...entry }])
        return first
      },
    },
  }
  const ports = Object.entries(noting).map(([name, port]) => [
    name,
    typeof port === 'function' ? port : waiting(name, port, scheduler),
  ])
  return Object.fromEntries(ports) as Stores
}

function waiting<Port extends object>(name: string, port: Port, scheduler: Scheduler): Port {
  const methods = Object.entries(port).map(([method, work]) => [
    method,
    (...args: readonly unknown[]) => scheduler.call(`${name}.${method}`, () => work(...args)),
  ])
  return Object.fromEntries(methods) as Port
}
