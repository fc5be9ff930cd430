import { base64url } from 'jose'

/** 256 bits that nobody can guess: a state, a nonce, a PKCE verifier. */
export function randomText(): string {
  return base64url.encode(crypto.getRandomValues(new Uint8Array(32)))
}

/** base64url SHA-256, as PKCE's S256 wants it. @see RFC 7636 §4.2 */
export async function sha256(text: string): Promise<string> {
  return base64url.encode(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))),
  )
}
