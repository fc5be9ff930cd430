import {
  type ChecksInForce,
  defaultProofPolicy,
  type ErrorPages,
  type Ledger,
  type Nonces,
  type ProofPolicy,
} from '@keybound/dpop/server'
import { type Clock, systemClock } from '@keybound/oauth'
import type { AccessToken } from './access-token/access-token.ts'
import type { Introspector } from './introspection/introspector.ts'
import type { AccessTokenKeys } from './keys/access-token-keys.ts'

/** One protected resource: who it is, whom it trusts, and where it keeps what it has to remember. */
export interface ProtectResourceOptions {
  /** The resource identifier: the audience that a token must have, and the URL of the one endpoint unless a requirement names another. */
  readonly resource: string
  readonly issuer: string
  readonly keys: AccessTokenKeys
  /** Where used proofs are remembered, and under which name: never a name that the authorization server uses. */
  readonly ledger: Ledger
  readonly ledgerName: string
  /** With them every proof needs a nonce. */
  readonly nonces?: Nonces
  readonly policy?: ProofPolicy
  /** All of them, everywhere but in the attack lab. */
  readonly checks?: ChecksInForce
  readonly clock?: Clock
  /** DPoP alone by default. Beside Bearer a bound token still needs its proof. */
  readonly schemes?: readonly ('DPoP' | 'Bearer')[]
  /**
   * Asked for each request, after the signature; throws OAuthError temporarily_unavailable where it cannot tell. `hash` is accessTokenHash(token), to
   * index by.
   */
  readonly isRevoked?: (token: string, accessToken: AccessToken, hash: string) => Promise<boolean>
  /** Told of a proof that was used twice with this token, before the request is refused; what it throws is the answer instead. */
  readonly onReplay?: (token: string) => Promise<void>
  /** Takes tokens that are no JWT too, by introspection. */
  readonly opaqueTokens?: Introspector
  /** How many verified tokens and known proof keys are kept, each. 10,000. */
  readonly kept?: number
  readonly realm?: string
  /** URL of the RFC 9728 document, named in challenges. */
  readonly resourceMetadata?: string
  /** Where a refusal is explained, named in its answer as `error_uri`; checkPages(base) for the checks. */
  readonly errorPages?: ErrorPages
}

export function withDefaults(options: ProtectResourceOptions) {
  return {
    ...options,
    schemes: options.schemes ?? (['DPoP'] as const),
    policy: options.policy ?? defaultProofPolicy,
    clock: options.clock ?? systemClock,
  }
}
