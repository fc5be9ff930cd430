import { shared } from '../shared.ts'

/**
 * Called by main.ts before Next loads. Next replaces `fetch` on the server by one that caches and merges equal requests: a
 * replayed proof would be answered from memory, and no retry would be sure to be sent.
 */
export function keepNativeFetch(): void {
  shared.fetch ??= globalThis.fetch
}

/** Node's own fetch, whichever bundle asks. */
export function nativeFetch(): typeof fetch {
  return shared.fetch ?? globalThis.fetch
}
