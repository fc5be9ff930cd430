import { base64url } from './sign-proof.ts'

/** 256 random bits as base64url: a state, a code verifier. */
export function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

/** @see RFC 7636 §4.2 */
export async function codeChallenge(codeVerifier: string): Promise<string> {
  return base64url(
    new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier))),
  )
}
