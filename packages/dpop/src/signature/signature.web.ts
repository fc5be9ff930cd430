import type { JWK } from 'jose'
import { formatBase64url } from '../base64url.ts'
import { algDetails, type ProofAlg } from '../key/proof-alg.ts'
import type { PublicJwk } from '../key/public-jwk.ts'
import type { Sign, Verify } from './signature.ts'
import { importAlgorithm } from './web-algorithm.ts'

export { formatBase64url, parseBase64url } from '../base64url.ts'

const encoder = new TextEncoder()

export function formatBase64urlText(text: string): string {
  return formatBase64url(encoder.encode(text))
}

export function octetsOfAscii(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text)
}

/** @see SignatureModule */
export async function importVerify(jwk: PublicJwk, alg: ProofAlg): Promise<Verify> {
  const key = await crypto.subtle.importKey('jwk', jwk, importAlgorithm(alg), false, ['verify'])
  const algorithm = operation(alg)
  return (text, signature) =>
    crypto.subtle.verify(algorithm, key, signature, encoder.encode(text)).catch(() => false)
}

export async function importSign(privateJwk: JWK, alg: ProofAlg): Promise<Sign> {
  const { kty, crv, x, y, n, e, d, p, q, dp, dq, qi } = privateJwk
  const members = { kty, crv, x, y, n, e, d, p, q, dp, dq, qi } as JsonWebKey
  return signWith(
    await crypto.subtle.importKey('jwk', withoutAbsent(members), importAlgorithm(alg), false, ['sign']),
    alg,
  )
}

export function signWith(key: CryptoKey, alg: ProofAlg): Sign {
  const algorithm = operation(alg)
  return async (data) => new Uint8Array(await crypto.subtle.sign(algorithm, key, data))
}

export const signsFasterOutside = false

export async function sha256(text: string): Promise<string> {
  return formatBase64url(new Uint8Array(await crypto.subtle.digest('SHA-256', encoder.encode(text))))
}

export async function hmacSha256(secret: Uint8Array<ArrayBuffer>, text: string): Promise<string> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  return formatBase64url(new Uint8Array(await crypto.subtle.sign('HMAC', key, encoder.encode(text))))
}

export function equalInConstantTime(one: string, other: string): boolean {
  if (one.length !== other.length) return false
  let difference = 0
  for (let index = 0; index < one.length; index++)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index)
  return difference === 0
}

function operation(alg: ProofAlg): AlgorithmIdentifier | EcdsaParams | RsaPssParams {
  const details = algDetails(alg)
  switch (details.kty) {
    case 'EC':
      return { name: 'ECDSA', hash: details.hash }
    case 'RSA':
      return { name: 'RSA-PSS', saltLength: 32 }
    case 'OKP':
      return { name: 'Ed25519' }
  }
}

function withoutAbsent(jwk: JsonWebKey): JsonWebKey {
  return Object.fromEntries(Object.entries(jwk).filter(([, value]) => value !== undefined))
}
