import type { JWK } from 'jose'
import type { ProofAlg } from '../key/proof-alg.ts'

export interface RsaSigner {
  readonly alg: ProofAlg | 'RS256'
  readonly publicJwk: JWK
  sign(data: Uint8Array<ArrayBuffer>): Promise<Uint8Array>
}

const made = new Map<string, Promise<RsaSigner>>()

/**
 * An RSA key for defects: too short, for an algorithm that is not offered, or simply another. One of a kind for the life of the process, since making one
 * can take a second.
 */
export function rsaSigner(alg: 'RS256' | 'PS256', modulusLength: number): Promise<RsaSigner> {
  const kind = `${alg} ${modulusLength}`
  const signer = made.get(kind) ?? generateRsaSigner(alg, modulusLength)
  made.set(kind, signer)
  return signer
}

async function generateRsaSigner(alg: 'RS256' | 'PS256', modulusLength: number): Promise<RsaSigner> {
  const name = alg === 'RS256' ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS'
  const algorithm = { name, modulusLength, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' }
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  const { kty, n, e } = await crypto.subtle.exportKey('jwk', pair.publicKey)
  return {
    alg,
    publicJwk: { kty, n, e } as JWK,
    sign: async (data) =>
      new Uint8Array(await crypto.subtle.sign({ name, saltLength: 32 }, pair.privateKey, data)),
  }
}
