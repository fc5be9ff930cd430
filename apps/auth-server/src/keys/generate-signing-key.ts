import { calculateJwkThumbprint, type JWK } from 'jose'

/** A new ES256 private key. By WebCrypto: Node 20's own generator, followed by an export as JWK, can freeze the process. */
export async function generateSigningKey(): Promise<JWK & { kid: string }> {
  const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, [
    'sign',
    'verify',
  ])
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey('jwk', privateKey)
  const jwk = { kty, crv, x, y, d } as JWK
  return { ...jwk, kid: await calculateJwkThumbprint(jwk), alg: 'ES256', use: 'sig' }
}
