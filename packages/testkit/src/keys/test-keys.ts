import type { JWK } from 'jose'
import keys from './test-keys.json' with { type: 'json' }

/** A key pair that everyone can read: for tests only, and made for nothing else. */
export interface TestKey {
  readonly alg: 'ES256' | 'PS256' | 'Ed25519' | 'ES384' | 'ES512'
  /** RFC 7638 SHA-256 thumbprint, computed apart from @keybound/dpop. */
  readonly jkt: string
  readonly publicJwk: JWK
  readonly privateJwk: JWK
}

export type TestKeyName = keyof typeof keys

/** One fixed pair for each algorithm, and a second one (`other…`) of those that a test needs two of. */
export const testKeys = keys as Readonly<Record<TestKeyName, TestKey>>
