import type { ProofAlg } from '../key/proof-alg.ts'
import { isProofAlg } from '../key/proof-alg.ts'

/** What a server accepts. One object, shared by every endpoint that receives proofs, and the source of what metadata and challenges advertise. */
export interface ProofPolicy {
  /** Accepted = advertised. */
  readonly algs: readonly ProofAlg[]
  /** Seconds for which a proof is good after its creation. */
  readonly lifetime: number
  /** Seconds by which the clocks of client and server may differ, either way. */
  readonly tolerance: number
  /**
   * By what the age of a proof is judged at an endpoint that asks for nonces: by `iat` alone (a nonce of the server may then be as old as it likes, which saves
   * a client that was away a challenge, and lets proofs be made in advance again, RFC 9449 §11.2), by the time in the `nonce` alone (a client whose clock is
   * wrong then works), or by `both`. A nonce is required wherever nonces are given out, under each of the three; where none are given out, iat always decides.
   */
  readonly freshness: 'iat' | 'nonce' | 'both'
  /** Characters of a whole proof. */
  readonly maxProof: number
  readonly maxJti: number
  readonly maxNonce: number
}

/** ES256, PS256 and Ed25519 under both names; 10 s of lifetime and 10 s of tolerance, by iat and by nonce; 4 KB. */
export const defaultProofPolicy: ProofPolicy = {
  algs: ['ES256', 'PS256', 'Ed25519', 'EdDSA'],
  lifetime: 10,
  tolerance: 10,
  freshness: 'both',
  maxProof: 4096,
  maxJti: 128,
  maxNonce: 256,
}

/** The default policy with some settings changed. Throws TypeError for settings that make no sense, at start rather than at the first request. */
export function proofPolicy(settings: Partial<ProofPolicy>): ProofPolicy {
  const policy = { ...defaultProofPolicy, ...settings }
  if (policy.algs.length === 0 || !policy.algs.every(isProofAlg))
    throw new TypeError('algs: at least one ProofAlg')
  if (!(policy.lifetime > 0 && policy.lifetime <= 3600))
    throw new TypeError('lifetime: more than 0, at most 3600 seconds')
  if (!(policy.tolerance >= 0 && policy.tolerance <= 600)) throw new TypeError('tolerance: 0 to 600 seconds')
  if (!['iat', 'nonce', 'both'].includes(policy.freshness))
    throw new TypeError('freshness: iat, nonce or both')
  for (const name of ['maxProof', 'maxJti', 'maxNonce'] as const) {
    if (!(Number.isInteger(policy[name]) && policy[name] > 0))
      throw new TypeError(`${name}: a positive integer`)
  }
  return policy
}
