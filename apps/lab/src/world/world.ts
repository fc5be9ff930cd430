import { type AuthorizationServer, createAuthorizationServer, jwks } from '@keybound/authorization-server'
import { type ChecksInForce, createNonces, type Nonces, type ProofPolicy, proofPolicy } from '@keybound/dpop'
import { checksWithout } from '@keybound/dpop/lab'
import type { Clock } from '@keybound/oauth'
import { type AnswerWithAccess, answerWithAccess, localKeys } from '@keybound/resource-server'
import { labStores, replicaLedgers } from '../dependencies.ts'
import { clientsOf } from './clients.ts'
import { forgetful } from './forgetful.ts'
import { signingKeys } from './signing-keys.ts'
import type { WorldSettings } from './world-settings.ts'

/** An authorization server and an API of two replicas that only one run of one attack uses, with a clock of their own. */
export interface World {
  readonly id: string
  readonly settings: WorldSettings
  readonly baseUrl: string
  readonly server: AuthorizationServer
  readonly replicas: readonly AnswerWithAccess[]
  readonly resource: string
  readonly policy: ProofPolicy
  readonly nonces: { readonly authorizationServer: Nonces | undefined; readonly api: Nonces | undefined }
  /** Undefined: all of them. */
  readonly checks: ChecksInForce | undefined
  readonly clock: Clock
  /** Lets time pass, for servers and clients of this world alike. */
  advance(seconds: number): void
}

export interface WorldOptions {
  readonly id: string
  /** Where the targets listen: `http://127.0.0.1:<port>`. */
  readonly origin: string
  readonly settings: WorldSettings
  readonly clock: Clock
}

/** Mounts the packages as the apps do. The one place in the repository where a check can be missing. */
export function createWorld({ id, origin, settings, clock: realClock }: WorldOptions): World {
  let ahead = 0
  const clock = () => realClock() + ahead
  const baseUrl = `${origin}/w/${id}`
  const resource = `${baseUrl}/api/profile`
  const policy = proofPolicy(settings.policy)
  const nonces = {
    authorizationServer: settings.nonces ? newNonces() : undefined,
    api: settings.nonces ? newNonces() : undefined,
  }
  const checks = settings.checksOff.length > 0 ? checksWithout(settings.checksOff) : undefined
  const stores = labStores(clientsOf(settings))
  const server = createAuthorizationServer({
    ...stores,
    grantStore: forgetful(stores.grantStore, settings.forgets),
    issuer: baseUrl,
    clock,
    signingKeys,
    ...(nonces.authorizationServer && { nonces: nonces.authorizationServer }),
    proofPolicy: policy,
    resources: [{ identifier: resource, scopes: ['profile'] }],
    findClaims: async () => ({ name: 'Alice', email: 'alice@example.com', locale: 'en', updated_at: 0 }),
  })
  const keys = localKeys(publishedKeys(server))
  const replicas = replicaLedgers(settings.ledger, policy).map((ledger) =>
    answerWithAccess({
      resource,
      issuer: server.issuer,
      keys,
      ledger,
      ledgerName: 'lab-api',
      clock,
      policy,
      schemes: settings.checksOff.includes('scheme.match')
        ? (['DPoP', 'Bearer'] as const)
        : ([settings.scheme] as const),
      ...(nonces.api && { nonces: nonces.api }),
      ...(checks && { checks }),
    }),
  )
  return {
    id,
    settings,
    baseUrl,
    server,
    replicas,
    resource,
    policy,
    nonces,
    checks,
    clock,
    advance(seconds) {
      ahead += seconds
    },
  }
}

function newNonces(): Nonces {
  return createNonces({ secret: crypto.getRandomValues(new Uint8Array(32)) })
}

/** The same document for every request: parsed once. */
function publishedKeys(server: AuthorizationServer): () => Promise<object> {
  let document: Promise<object> | undefined
  return () => {
    document ??= jwks(server)
    return document
  }
}
