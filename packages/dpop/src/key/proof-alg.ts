/** A signature algorithm for proofs. EdDSA is the older name of Ed25519 (RFC 9864). RS256, `none` and MACs have no name here. */
export type ProofAlg = 'ES256' | 'ES384' | 'ES512' | 'PS256' | 'Ed25519' | 'EdDSA'

export type AlgDetails =
  | {
      readonly kty: 'EC'
      readonly crv: 'P-256' | 'P-384' | 'P-521'
      readonly octets: number
      readonly hash: 'SHA-256' | 'SHA-384' | 'SHA-512'
    }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly octets: 32 }
  | { readonly kty: 'RSA'; readonly hash: 'SHA-256' }

/** `octets` is the length of a coordinate; an EC or Ed25519 signature has twice as many. */
const DETAILS = {
  ES256: { kty: 'EC', crv: 'P-256', octets: 32, hash: 'SHA-256' },
  ES384: { kty: 'EC', crv: 'P-384', octets: 48, hash: 'SHA-384' },
  ES512: { kty: 'EC', crv: 'P-521', octets: 66, hash: 'SHA-512' },
  PS256: { kty: 'RSA', hash: 'SHA-256' },
  Ed25519: { kty: 'OKP', crv: 'Ed25519', octets: 32 },
  EdDSA: { kty: 'OKP', crv: 'Ed25519', octets: 32 },
} as const satisfies Record<ProofAlg, AlgDetails>

export function algDetails(alg: ProofAlg): AlgDetails {
  return DETAILS[alg]
}

export function isProofAlg(value: unknown): value is ProofAlg {
  return typeof value === 'string' && Object.hasOwn(DETAILS, value)
}

/** Whether two names mean one algorithm: EdDSA over Ed25519 is Ed25519. */
export function sameAlg(one: unknown, other: unknown): boolean {
  return canonicalName(one) === canonicalName(other)
}

function canonicalName(alg: unknown): unknown {
  return alg === 'EdDSA' ? 'Ed25519' : alg
}
