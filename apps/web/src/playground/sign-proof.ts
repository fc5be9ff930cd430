import type { Signer } from '@keybound/dpop/client'
import type { SignProof } from './draft.ts'

/**
 * Signs whatever it is given, which createProof does not: an edited proof may lie in every member but its signature.
 * @see RFC 7515 §5.1
 */
export function signProofWith(key: Signer): SignProof {
  return async (header, claims) => {
    const input = `${base64url(utf8(JSON.stringify(header)))}.${base64url(utf8(JSON.stringify(claims)))}`
    return `${input}.${base64url(await key.sign(utf8(input)))}`
  }
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

/** Unpadded, RFC 4648 §5. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}
