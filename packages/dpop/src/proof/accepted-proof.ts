import { type Awaitable, whenReady } from '../awaitable.ts'
import { isProofAlg } from '../key/proof-alg.ts'
import { type Jkt, thumbprintOf } from '../key/thumbprint.ts'
import type { ExpectedProof, Proof } from './proof.ts'
import { acceptableFrom, type NonceLife, proofExpiry } from './proof-expiry.ts'
import type { ProofPolicy } from './proof-policy.ts'
import type { ProofReading } from './proof-reading.ts'

/**
 * The proof that passed every check, and its key offered to the cache. What is missing here was let through by the table: a mistake of ours
 * (TypeError), and never a reason to accept.
 */
export function acceptedProof(
  reading: ProofReading,
  expected: ExpectedProof,
  nonce: NonceLife | undefined,
): Awaitable<Proof> {
  const publicJwk = reading.key?.publicJwk
  if (publicJwk === undefined) throw incomplete()
  return whenReady(reading.known?.jkt ?? thumbprintOf(publicJwk), (jkt) => {
    const proof = proofOf(reading, jkt, nonce, expected.policy)
    return expected.keys === undefined || reading.known !== undefined
      ? proof
      : offer(proof, reading, expected.keys)
  })
}

function proofOf(
  { header, claims, key }: ProofReading,
  jkt: Jkt,
  life: NonceLife | undefined,
  policy: ProofPolicy,
): Proof {
  const { jti, htm, htu, iat, nonce, ath } = claims ?? {}
  if (
    claims === undefined ||
    key?.publicJwk === undefined ||
    !isProofAlg(header?.alg) ||
    typeof jti !== 'string' ||
    typeof htm !== 'string' ||
    typeof htu !== 'string' ||
    typeof iat !== 'number'
  ) {
    throw incomplete()
  }
  return {
    jkt,
    publicJwk: key.publicJwk,
    alg: header.alg,
    jti,
    iat,
    htm,
    htu,
    nonce: typeof nonce === 'string' ? nonce : undefined,
    ath: typeof ath === 'string' ? ath : undefined,
    claims,
    acceptableFrom: acceptableFrom(iat, life?.since, policy),
    expiresAt: proofExpiry(iat, life?.until, policy),
  }
}

/** Not kept yet: that is for the caller to say, once the proof belongs to a token or grant. */
function offer(
  proof: Proof,
  reading: ProofReading,
  keys: NonNullable<ExpectedProof['keys']>,
): Awaitable<Proof> {
  const { header, headerSegment, importKey } = reading
  if (header === undefined || importKey === undefined) throw incomplete()
  return whenReady(importKey(), (verify) => {
    const { publicJwk, jkt } = proof
    if (verify !== undefined) keys.offer(proof, headerSegment, { header, publicJwk, jkt, verify })
    return proof
  })
}

function incomplete(): TypeError {
  return new TypeError('The checks let an incomplete proof through')
}
