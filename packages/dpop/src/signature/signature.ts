import type { JWK } from 'jose'
import type { Awaitable } from '../awaitable.ts'
import type { ProofAlg } from '../key/proof-alg.ts'
import type { PublicJwk } from '../key/public-jwk.ts'

/** Whether the signature is that of the ASCII text. Any fault of the platform is false. */
export type Verify = (text: string, signature: Uint8Array<ArrayBuffer>) => Awaitable<boolean>

export type Sign = (data: Uint8Array<ArrayBuffer>) => Awaitable<Uint8Array<ArrayBuffer>>

/**
 * What `#signature` is, whichever file the import condition picks. On Node it is synchronous, since there a synchronous verify
 * costs half of WebCrypto's (performance.md §1); elsewhere it is WebCrypto.
 */
export interface SignatureModule {
  /** Rejects or throws what the platform does for a key it does not take: callers treat anything thrown as "not usable". */
  importVerify(jwk: PublicJwk, alg: ProofAlg): Awaitable<Verify>
  importSign(privateJwk: JWK, alg: ProofAlg): Awaitable<Sign>
  /** Signs with a key of WebCrypto, extractable or not. */
  signWith(key: CryptoKey, alg: ProofAlg): Sign
  /** The octets of a text in canonical base64url, or undefined. The same as in base64url.ts, as fast as the platform can. */
  parseBase64url(text: string): Uint8Array<ArrayBuffer> | undefined
  /** Whether signWith is faster with a key that may be exported. Such a key is then hidden in the function that signs. */
  readonly signsFasterOutside: boolean
  formatBase64url(bytes: Uint8Array): string
  /** The text in UTF-8, in base64url. */
  formatBase64urlText(text: string): string
  octetsOfAscii(text: string): Uint8Array<ArrayBuffer>
  /** SHA-256 of the text in UTF-8, in base64url. */
  sha256(text: string): Awaitable<string>
  /** HMAC-SHA-256 of the text in UTF-8, in base64url. */
  hmacSha256(secret: Uint8Array<ArrayBuffer>, text: string): Awaitable<string>
  /** Compares two texts in a time that does not depend on where they differ. */
  equalInConstantTime(one: string, other: string): boolean
}
