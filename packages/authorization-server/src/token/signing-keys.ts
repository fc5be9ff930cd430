import type { Signer } from '@keybound/dpop'
import type { JWK } from 'jose'

export type KeyPurpose = 'access token' | 'id token'

/** A private key of the server, ready to sign, wherever it is kept. kid is the RFC 7638 thumbprint. */
export interface SigningKey {
  readonly kid: string
  readonly alg: 'ES256' | 'PS256' | 'EdDSA'
  readonly purpose: KeyPurpose
  readonly sign: Signer['sign']
}

/** `active` gives the one key that signs now for a purpose; `publicKeys` every key whose signatures may still be met, next and retired ones included. */
export interface SigningKeys {
  active(purpose: KeyPurpose): Promise<SigningKey>
  publicKeys(): Promise<readonly JWK[]>
}
