import { octetsToBigint } from './octets-to-bigint.ts'

const P = 2n ** 255n - 19n
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n

/** The y of every point whose order divides the cofactor 8. A signature by such a "key" verifies for many messages. */
const SMALL_ORDER: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  P - 1n,
  2707385501144840649318225287225658788936804267575313519463743609750303402022n,
  P - 2707385501144840649318225287225658788936804267575313519463743609750303402022n,
])

/**
 * Why the 32 octets are no Ed25519 public key to accept, or undefined: y must be reduced (one key, one spelling), not of small
 * order, and on the curve: −x² + y² = 1 + d·x²·y² must have a solution x.
 * @see RFC 8032 §5.1.3 · RFC 8037
 */
export function edwardsFault(octets: Uint8Array): string | undefined {
  const encoded = octetsToBigint(octets.toReversed())
  const y = encoded & (2n ** 255n - 1n)
  if (y >= P) return 'The Ed25519 key is not encoded canonically.'
  if (SMALL_ORDER.has(y)) return 'The Ed25519 key is a point of small order.'
  const y2 = (y * y) % P
  return isSquare((y2 - 1n) * (D * y2 + 1n)) ? undefined : 'The jwk is not a point on its curve.'
}

/** Euler's criterion. u/v has a square root exactly when u·v has one. */
function isSquare(value: bigint): boolean {
  let base = value % P
  let result = 1n
  for (let exponent = (P - 1n) / 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % P
    base = (base * base) % P
  }
  return result === 1n
}
