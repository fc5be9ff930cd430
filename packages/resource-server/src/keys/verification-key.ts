import { importVerify, judgeJwk } from '@keybound/dpop/server'

/** A public key of an issuer that may verify access tokens. */
export interface VerificationKey {
  readonly alg: 'ES256' | 'PS256' | 'Ed25519'
  readonly kid: string | undefined
  /** The same for the same key under the same kid, and only then. */
  readonly identity: string
  verify(signingInput: string, signature: Uint8Array<ArrayBuffer>): boolean | Promise<boolean>
}

/** One algorithm per type of key, so that a token cannot choose another. */
const algOfKty = { EC: 'ES256', RSA: 'PS256', OKP: 'Ed25519' } as const

/**
 * The key that a member of a JWKS stands for, or undefined where it is none for us: another type, curve or use, too weak, malformed,
 * or with private members, which everybody knows by now. Held to the same rules as the keys of proofs.
 */
export async function verificationKey(member: unknown): Promise<VerificationKey | undefined> {
  if (typeof member !== 'object' || member === null) return undefined
  const { kty, kid } = member as { kty?: unknown; kid?: unknown }
  if (kid !== undefined && typeof kid !== 'string') return undefined
  const alg = typeof kty === 'string' && Object.hasOwn(algOfKty, kty) ? algOfKty[kty as 'EC'] : undefined
  if (!alg) return undefined
  const { publicJwk } = judgeJwk(member, alg)
  if (!publicJwk) return undefined
  try {
    const verify = await importVerify(publicJwk, alg)
    return { alg, kid, identity: JSON.stringify([kid, publicJwk]), verify }
  } catch {
    return undefined
  }
}
