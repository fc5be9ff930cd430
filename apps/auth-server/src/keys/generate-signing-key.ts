import type { SigningKey } from '@keybound/authorization-server'
import { calculateJwkThumbprint, type JWK } from 'jose'

const algorithms = {
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
  PS256: {
    name: 'RSA-PSS',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
  EdDSA: { name: 'Ed25519' },
} as const satisfies Record<SigningKey['alg'], object>

/** A new private key. By WebCrypto: Node 20's own generator, followed by an export as JWK, can freeze the process. */
export async function generateSigningKey(alg: SigningKey['alg']): Promise<JWK & { kid: string }> {
  const pair = (await crypto.subtle.generateKey(algorithms[alg], true, ['sign', 'verify'])) as CryptoKeyPair
  const exported = (await crypto.subtle.exportKey('jwk', pair.privateKey)) as JWK
  const { ext: _, key_ops: __, ...jwk } = exported
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg, use: 'sig' }
}
