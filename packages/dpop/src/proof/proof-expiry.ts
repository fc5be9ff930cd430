import type { ProofPolicy } from './proof-policy.ts'

/** The earliest and the latest iat that are accepted now. @see RFC 9449 §11.1 */
export function iatWindow(now: number, policy: ProofPolicy): { earliest: number; latest: number } {
  return { earliest: now - policy.lifetime - policy.tolerance, latest: now + policy.tolerance }
}

/**
 * The first whole second at which a proof can no longer be accepted, computed from the proof itself and never from the time of receipt: a proof dated
 * ahead must not outlive its record. The one place that knows how long a jti is remembered.
 *
 * `nonceEnd` is when its nonce ends, where one was checked. The later of both counts, so that a server may change `freshness` while records live; only
 * under freshness 'nonce' does iat say nothing, since there it may be any number.
 */
export function proofExpiry(iat: number, nonceEnd: number | undefined, policy: ProofPolicy): number {
  const iatEnd = iat + policy.lifetime + policy.tolerance
  if (nonceEnd === undefined) return Math.floor(iatEnd) + 1
  const end = policy.freshness === 'nonce' ? nonceEnd : Math.max(iatEnd, nonceEnd)
  return Math.floor(end) + 1
}

/** When the nonce of a proof was given out at the earliest, and when it ends. */
export interface NonceLife {
  readonly since: number
  readonly until: number
}

/** The earliest instant at which a proof could have been accepted under any clock of ours: by its iat, and not before its nonce was given out. */
export function acceptableFrom(iat: number, nonceSince: number | undefined, policy: ProofPolicy): number {
  const iatStart = iat - policy.tolerance
  if (nonceSince === undefined) return iatStart
  return policy.freshness === 'nonce' ? nonceSince : Math.max(iatStart, nonceSince)
}
