import type { AccessTokenKeys } from './access-token-keys.ts'
import { type KeySet, parseKeySet } from './key-set.ts'

/**
 * The keys of an issuer in the same process: asked on every call, parsed again when the document is another object.
 * Throws whatever `jwks` throws.
 */
export function localKeys(jwks: () => object | Promise<object>): AccessTokenKeys {
  let document: object | undefined
  let known: Promise<KeySet> | undefined

  async function current(): Promise<KeySet> {
    const now = await jwks()
    if (!known || now !== document) {
      document = now
      known = parseKeySet(now, await known)
    }
    return known
  }

  return { current, renewed: current }
}
