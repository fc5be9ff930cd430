import type { JWK } from 'jose'

/** A public key of an issuer that may verify access tokens. */
export interface VerificationKey {
  readonly alg: 'ES256' | 'PS256' | 'Ed25519'
  readonly kid: string | undefined
  /** The same for the same key under the same kid. */
  readonly identity: string
  verify(data: Uint8Array, signature: Uint8Array<ArrayBuffer>): boolean | Promise<boolean>
}
export async function verificationKey(_jwk: unknown): Promise<VerificationKey | undefined> {
  const _x: JWK | undefined = undefined
  return _x
}
