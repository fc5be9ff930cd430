import { refusal } from '../checks.ts'
import type { ChecksInForce } from '../checks-in-force.ts'
import { type Jkt, parseJkt } from '../key/thumbprint.ts'
import type { Proof } from '../proof/proof.ts'

/**
 * The agreement of scheme, confirmation and proof. Decided by the token's `cnf`, in both directions: a bound token is refused as Bearer
 * (downgrade), an unbound one under DPoP. Returns the key's thumbprint, or undefined for an unbound token sent as Bearer.
 *
 * Throws OAuthError invalid_token `scheme.match` or `jkt.match`; invalid_dpop_proof `header.single` for a bound token without a proof.
 * `checks` are all of them, everywhere but in the attack lab.
 * Does not check: the token, the proof, or whether the resource accepts the scheme at all.
 * @see RFC 9449 §6, §7.1, §7.2 · RFC 7800 §3.1
 */
export function checkBinding(
  scheme: 'dpop' | 'bearer',
  cnf: unknown,
  proof: Proof | undefined,
  checks?: ChecksInForce,
): Jkt | undefined {
  const bound = confirmedKey(cnf)
  if (scheme === 'bearer') {
    if (bound === undefined || checks?.has('scheme.match') === false) return undefined
    throw refusal(
      'scheme.match',
      'The token is bound to a key: send it under the DPoP scheme with a proof, not as Bearer.',
    )
  }
  if (bound === undefined)
    throw refusal('scheme.match', 'The token is not bound to a key: the DPoP scheme is for bound tokens.')
  if (proof === undefined) throw refusal('header.single', 'A bound token needs a proof.')
  if (proof.jkt !== bound && checks?.has('jkt.match') !== false)
    throw refusal('jkt.match', 'The token is bound to another key than the one that made the proof.')
  return bound
}

/** The thumbprint in a `cnf`. A confirmation that we cannot check is no reason to treat the token as unbound. */
function confirmedKey(cnf: unknown): Jkt | undefined {
  if (cnf === undefined) return undefined
  const jkt = parseJkt((cnf as { readonly jkt?: unknown } | null)?.jkt)
  if (jkt === undefined)
    throw refusal('scheme.match', 'The confirmation of the token is malformed or of an unknown kind.')
  return jkt
}
