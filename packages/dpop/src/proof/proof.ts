import type { ChecksInForce } from '../checks-in-force.ts'
import type { KeyCache } from '../key/key-cache.ts'
import type { ProofAlg } from '../key/proof-alg.ts'
import type { PublicJwk } from '../key/public-jwk.ts'
import type { Jkt } from '../key/thumbprint.ts'
import type { Nonces } from '../nonce/nonces.ts'
import type { JsonObject } from '../parse-json-object.ts'
import type { ProofPolicy } from './proof-policy.ts'

/** A checked proof. It authenticates nobody by itself (RFC 9449 §4): a token or grant has to be bound to `jkt`, and `jti` has to be remembered. */
export interface Proof {
  readonly jkt: Jkt
  readonly publicJwk: PublicJwk
  readonly alg: ProofAlg
  readonly jti: string
  /** As the client claims it; seconds, a fraction allowed. */
  readonly iat: number
  readonly htm: string
  readonly htu: string
  readonly nonce?: string | undefined
  readonly ath?: string | undefined
  /** The whole payload. */
  readonly claims: JsonObject
  /** Before this instant it could not have been accepted: a ledger that lost what it knew until then need not refuse it. */
  readonly acceptableFrom: number
  /** The first whole second at which the proof can no longer be accepted: until then its jti has to be remembered. */
  readonly expiresAt: number
}

/** What a proof has to agree with. Nothing in it may come from the `Host` or a forwarding header. */
export interface ExpectedProof {
  /** The method of the request, case-sensitive. */
  readonly method: string
  /** The public URL of this very endpoint, from configuration; query and fragment are ignored. */
  readonly url: string
  /** The token sent with the request, whose hash the proof has to carry. */
  readonly accessToken?: string | undefined
  /** Given, they make a nonce of theirs required. */
  readonly nonces?: Nonces | undefined
  readonly policy: ProofPolicy
  readonly now: number
  /** Keys met before; optional. Call `keys.keep(proof)` once the proof has turned out to belong to a token or grant. */
  readonly keys?: KeyCache | undefined
  /** All of them, everywhere but in the attack lab. */
  readonly checks?: ChecksInForce | undefined
}
