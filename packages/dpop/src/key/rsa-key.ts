import { octetsToBigint } from './octets-to-bigint.ts'

const SMALLEST_MODULUS = 2048
const LARGEST_MODULUS = 4096
const SMALLEST_EXPONENT = 65537n
const LONGEST_EXPONENT = 4

/** What is wrong with an RSA public key, or undefined. Integers have no leading zero octet (RFC 7518 §6.3.1); both are odd. */
export function rsaFault(
  modulus: Uint8Array,
  exponent: Uint8Array,
): { expected: string; received: string } | undefined {
  if (modulus[0] === undefined || modulus[0] === 0 || exponent[0] === undefined || exponent[0] === 0) {
    return {
      expected: 'integers in as few octets as possible',
      received: 'an empty one, or one with leading zeros',
    }
  }
  const bits = modulus.length * 8 - Math.clz32(modulus[0]) + 24
  if (bits < SMALLEST_MODULUS || bits > LARGEST_MODULUS) {
    return {
      expected: `a modulus of ${SMALLEST_MODULUS} to ${LARGEST_MODULUS} bits`,
      received: `${bits} bits`,
    }
  }
  if (((modulus.at(-1) ?? 0) & 1) === 0) return { expected: 'an odd modulus', received: 'an even one' }
  if (exponent.length > LONGEST_EXPONENT)
    return { expected: 'an exponent of at most 32 bits', received: `${exponent.length} octets` }
  const e = octetsToBigint(exponent)
  if (e < SMALLEST_EXPONENT || e % 2n === 0n) {
    return { expected: `an odd exponent of at least ${SMALLEST_EXPONENT}`, received: String(e) }
  }
  return undefined
}
