import {
  createKeyCache,
  defaultProofPolicy,
  type ErrorPages,
  type KeyCache,
  type Nonces,
  type ProofPolicy,
} from '@keybound/dpop'
import type { Clock, OAuthError } from '@keybound/oauth'
import type { Consents } from './authorization/consents.ts'
import type { PushedRequests } from './authorization/pushed-requests.ts'
import type { Transactions } from './authorization/transactions.ts'
import type { Clients } from './client/client.ts'
import { fetchKeySet } from './client/key-set/fetch-key-set.ts'
import { createKeySets, type KeySets } from './client/key-set/key-sets.ts'
import { isLoopbackIssuer } from './client/loopback.ts'
import type { Registrations } from './client/registrations.ts'
import { type Endpoints, endpointsOf } from './endpoints.ts'
import type { GrantStore, Revocations } from './grants/grant-store.ts'
import { defaultLifetimes, type Lifetimes } from './lifetimes.ts'
import type { SecurityProfile } from './profile/security-profile.ts'
import type { OpaqueTokens } from './token/opaque-tokens.ts'
import type { SigningKey, SigningKeys } from './token/signing-keys.ts'
import type { FindClaims } from './token/userinfo-claims.ts'

/** An API whose tokens this server issues: its RFC 8707 identifier, which is the audience of its tokens, and its scopes. */
export interface ProtectedResource {
  readonly identifier: string
  readonly scopes: readonly string[]
}

export interface AuthorizationServerOptions {
  /** The public base URL of this server, path prefix included. Nothing reads `Host`. */
  readonly issuer: string
  readonly clock: Clock
  readonly clients: Clients
  readonly grantStore: GrantStore
  readonly pushedRequests: PushedRequests
  readonly transactions: Transactions
  readonly consents: Consents
  readonly revocations: Revocations
  readonly opaqueTokens: OpaqueTokens
  readonly registrations: Registrations
  readonly signingKeys: SigningKeys
  /** What is known about a user; undefined where there is no such user any more. */
  readonly findClaims: FindClaims
  /** At least one; the first is the audience where a client names none. */
  readonly resources: readonly [ProtectedResource, ...ProtectedResource[]]
  /** Where given, every proof must carry one of these nonces. */
  readonly nonces?: Nonces
  readonly proofPolicy?: ProofPolicy
  /** Keys whose proofs got tokens before: verifying another one costs less. */
  readonly proofKeys?: KeyCache
  /** What every client is held to; a single client may be held to more. */
  readonly securityProfile?: SecurityProfile
  readonly requirePushedAuthorizationRequests?: boolean
  /** A proof that is used twice ends the grant of its token. Off by default: a proxy that sends a request again would sign the user out. */
  readonly revokeOnReplay?: boolean
  /** The algorithms that ID token keys have, or will have by their next rotation. */
  readonly idTokenAlgs?: readonly SigningKey['alg'][]
  /** How many pushed requests of one client may wait at once. */
  readonly pushedRequestQuota?: number
  /** The keys behind the jwks_uri of clients; fetched with care unless given. */
  readonly clientKeySets?: KeySets
  /** Clients may register themselves where this is given, and only with it: at least 256 random bits. */
  readonly initialAccessToken?: string
  /** How many clients may register themselves within an hour. */
  readonly registrationQuota?: number
  readonly lifetimes?: Partial<Lifetimes>
  /** Where a refusal is explained, named in its answer as `error_uri`. */
  readonly errorPages?: ErrorPages
  /** Told of each answer 503 or 429 of a JSON endpoint, with its cause where there is one: for a log. */
  readonly onUnavailable?: (error: OAuthError) => void
}

/** Options that stay absent where they are not given. */
type Optional = 'nonces' | 'initialAccessToken' | 'errorPages' | 'onUnavailable'

/** The options, with every default filled in. Each function of this package takes it first. */
export interface AuthorizationServer
  extends Required<Omit<AuthorizationServerOptions, Optional>>,
    Pick<AuthorizationServerOptions, Optional> {
  readonly lifetimes: Lifetimes
  readonly endpoints: Endpoints
}

/** @throws TypeError where the issuer is no http(s) URL, or has a query or a fragment (RFC 8414 §2) */
export function createAuthorizationServer(options: AuthorizationServerOptions): AuthorizationServer {
  const issuer = options.issuer.replace(/\/+$/, '')
  const endpoints = endpointsOf(issuer)
  const loopback = isLoopbackIssuer(issuer)
  return {
    proofPolicy: defaultProofPolicy,
    securityProfile: 'baseline',
    requirePushedAuthorizationRequests: false,
    revokeOnReplay: false,
    idTokenAlgs: ['ES256'],
    pushedRequestQuota: 1000,
    registrationQuota: 100,
    ...options,
    clientKeySets:
      options.clientKeySets ?? createKeySets((uri) => fetchKeySet(uri, { loopback }), options.clock),
    proofKeys: options.proofKeys ?? createKeyCache(),
    issuer,
    endpoints,
    lifetimes: { ...defaultLifetimes, ...options.lifetimes },
  }
}
