import {
  constants,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hash,
  type JsonWebKey,
  KeyObject,
  sign,
  timingSafeEqual,
  verify,
} from 'node:crypto'
import type { JWK } from 'jose'
import type { Awaitable } from '../awaitable.ts'
import { algDetails, type ProofAlg } from '../key/proof-alg.ts'
import type { PublicJwk } from '../key/public-jwk.ts'
import type { Sign, Verify } from './signature.ts'
import { signWith as signWithinWebCrypto } from './signature.web.ts'

const DIGEST = { 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512' } as const

/** @see SignatureModule */
export function importVerify(jwk: PublicJwk, alg: ProofAlg): Awaitable<Verify> {
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
  const digest = digestOf(alg)
  const options = { key, ...encodingOf(alg) }
  return (text, signature) => {
    try {
      return verify(digest, Buffer.from(text, 'latin1'), options, signature)
    } catch {
      return false
    }
  }
}

export function importSign(privateJwk: JWK, alg: ProofAlg): Awaitable<Sign> {
  return signWithKeyObject(createPrivateKey({ key: privateJwk as JsonWebKey, format: 'jwk' }), alg)
}

/** Where the key may not be exported it stays in WebCrypto, which is what its owner asked for (and Node 24 warns of anything else, DEP0204). */
export function signWith(key: CryptoKey, alg: ProofAlg): Sign {
  return key.extractable ? signWithKeyObject(KeyObject.from(key), alg) : signWithinWebCrypto(key, alg)
}

export const signsFasterOutside = true

/** Decoded by the platform, which takes nearly anything; what comes out is written again, and only the one canonical spelling is the same text. */
export function parseBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const bytes = Buffer.from(text, 'base64url')
  return bytes.toString('base64url') === text ? bytes : undefined
}

export function formatBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

export function formatBase64urlText(text: string): string {
  return Buffer.from(text).toString('base64url')
}

export function octetsOfAscii(text: string): Uint8Array<ArrayBuffer> {
  return Buffer.from(text, 'latin1')
}

export function sha256(text: string): Awaitable<string> {
  return hash('sha256', text, 'base64url')
}

export function hmacSha256(secret: Uint8Array, text: string): Awaitable<string> {
  return createHmac('sha256', secret).update(text).digest('base64url')
}

export function equalInConstantTime(one: string, other: string): boolean {
  // Two octets a character: latin1 would keep the low one alone, and take another text for the same.
  return (
    one.length === other.length && timingSafeEqual(Buffer.from(one, 'utf16le'), Buffer.from(other, 'utf16le'))
  )
}

function signWithKeyObject(key: KeyObject, alg: ProofAlg): Sign {
  const digest = digestOf(alg)
  const options = { key, ...encodingOf(alg) }
  return (data) => sign(digest, data, options) as Uint8Array<ArrayBuffer>
}

function digestOf(alg: ProofAlg): string | null {
  const details = algDetails(alg)
  return details.kty === 'OKP' ? null : DIGEST[details.hash]
}

/** Signatures in the form of JWS: r and s side by side for EC, a salt as long as the hash for PSS. @see RFC 7518 §3.4, §3.5 */
function encodingOf(alg: ProofAlg): { dsaEncoding?: 'ieee-p1363'; padding?: number; saltLength?: number } {
  switch (algDetails(alg).kty) {
    case 'EC':
      return { dsaEncoding: 'ieee-p1363' }
    case 'RSA':
      return { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
    case 'OKP':
      return {}
  }
}
