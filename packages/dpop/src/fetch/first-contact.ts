import type { NonceCache } from './nonce-cache.ts'

/** By nonce cache and origin: the first request to a server nobody has heard from; resolved once there is an answer. */
const contacts = new WeakMap<NonceCache, Map<string, Promise<void>>>()

/**
 * Lets the first of several parallel calls to an unknown server go alone, so that they share one nonce challenge instead of earning one each. Returns what
 * to call once an answer, or a failure, is there. Later calls wait for that and then go at once, also where the server gives no nonces.
 * Rejects with the reason of `signal` for a call that was given up meanwhile.
 */
export async function firstContact(
  nonces: NonceCache,
  origin: string,
  signal: AbortSignal,
): Promise<() => void> {
  const origins = contacts.get(nonces) ?? new Map<string, Promise<void>>()
  contacts.set(nonces, origins)
  const first = origins.get(origin)
  if (first !== undefined) await answeredOrAborted(first, signal)
  if (first !== undefined || nonces.get(origin) !== undefined) return () => undefined

  let answered = (): void => undefined
  const answer = new Promise<void>((resolve) => {
    answered = resolve
  })
  if (origins.size >= 1000) origins.clear()
  origins.set(origin, answer)
  return answered
}

async function answeredOrAborted(answer: Promise<void>, signal: AbortSignal): Promise<void> {
  let giveUp = (): void => undefined
  const aborted = new Promise<void>((resolve) => {
    giveUp = resolve
  })
  signal.addEventListener('abort', giveUp)
  if (!signal.aborted) await Promise.race([answer, aborted])
  signal.removeEventListener('abort', giveUp)
  signal.throwIfAborted()
}
