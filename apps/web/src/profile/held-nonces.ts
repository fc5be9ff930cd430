import type { Web } from '../dependencies.ts'

export interface HeldNonce {
  readonly origin: string
  readonly nonce: string | undefined
}

/** The newest nonce of each server that sessions here talk to: each belongs to its origin, and is shown to no other. @see RFC 9449 §8, §9 */
export function heldNonces({ nonces, env }: Pick<Web, 'nonces' | 'env'>): HeldNonce[] {
  const origins = [...new Set([env.issuer, env.apiUrl].map((url) => new URL(url).origin))]
  return origins.map((origin) => ({ origin, nonce: nonces.get(origin) }))
}
