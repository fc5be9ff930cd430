import type { AccessTokenKeys } from './access-token-keys.ts'
import { type KeySet, parseKeySet } from './key-set.ts'

/**
 * The keys of an issuer in the same process: asked on every call, parsed again when the document is another object.
 * Throws whatever `jwks` throws.
 */
export function localKeys(jwks: () => object | Promise<object>): AccessTokenKeys {
  let known: { readonly document: object; readonly set: KeySet } | undefined

  function current(): KeySet | Promise<KeySet> {
    const document = jwks()
    return document === known?.document ? known.set : parsed(document)
  }

  async function parsed(promised: object | Promise<object>): Promise<KeySet> {
    const document = await promised
    if (document !== known?.document) known = { document, set: await parseKeySet(document, known?.set) }
    return known.set
  }

  return { current, renewed: current }
}
