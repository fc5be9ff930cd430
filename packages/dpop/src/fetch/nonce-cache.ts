/** The newest nonce of each server, by origin. A nonce is never shown to another origin than its own. */
export interface NonceCache {
  /** Undefined for a server that gave none yet. */
  get(origin: string): string | undefined
  /** Replaces what was known of that server. */
  set(origin: string, nonce: string): void
}

/** In memory, for at most 1,000 origins, the oldest going first. One per key or per client, as you like: nonces are not secret, but belong to a server. */
export function createNonceCache(): NonceCache {
  const nonces = new Map<string, string>()
  return {
    get: (origin) => nonces.get(origin),
    set(origin, nonce) {
      nonces.delete(origin)
      nonces.set(origin, nonce)
      if (nonces.size > 1000) for (const oldest of nonces.keys()) return void nonces.delete(oldest)
    },
  }
}

/** The nonce in a response, whatever its status, or undefined if there is none or it is not one nonce. @see RFC 9449 §8.1, §8.2 */
export function nonceIn(response: Response): string | undefined {
  const nonce = response.headers.get('dpop-nonce') ?? ''
  return /^[\x21\x23-\x5b\x5d-\x7e]{1,1024}$/.test(nonce) ? nonce : undefined
}
