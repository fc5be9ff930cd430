import type { NonceCache } from './nonce-cache.ts'

/** By nonce cache and origin: the first request that is on its way to a server nobody has heard from. */
const contacts = new WeakMap<NonceCache, Map<string, Promise<void>>>()

/**
 * Lets the first of several parallel calls to an unknown server go alone, so that they share one nonce challenge instead of earning one each. Returns what
 * to call once an answer, or a failure, is there. Later calls wait for that and then go at once, also where the server gives no nonces.
 */
export async function firstContact(nonces: NonceCache, origin: string): Promise<() => void> {
  let origins = contacts.get(nonces)
  if (origins === undefined) {
    origins = new Map()
    contacts.set(nonces, origins)
  }
  const underWay = origins.get(origin)
  if (underWay !== undefined || nonces.get(origin) !== undefined) {
    await underWay
    return () => undefined
  }
  let answered: () => void = () => undefined
  origins.set(
    origin,
    new Promise((resolve) => {
      answered = resolve
    }),
  )
  return answered
}
