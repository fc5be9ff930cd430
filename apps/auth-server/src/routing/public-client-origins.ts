import type { Clock } from '@keybound/oauth'
import type { AllowedOrigins } from './cors.ts'

/** Seconds for which a new client may have to wait until its scripts are let in. */
const kept = 60

/** The origins of public clients' redirect URIs, from memory. While the store is away the last answer stands; at first that is nobody. */
export function publicClientOrigins(
  redirectUris: () => Promise<readonly string[]>,
  clock: Clock,
): AllowedOrigins {
  let origins: ReadonlySet<string> = new Set()
  let readAt = Number.NEGATIVE_INFINITY
  return async () => {
    if (clock() - readAt < kept) return origins
    try {
      origins = originsOf(await redirectUris())
      readAt = clock()
    } catch {
      // Asked again with the next request.
    }
    return origins
  }
}

/** A native app's own scheme has no origin; `null` is what every sandboxed page sends and is never let in. */
function originsOf(redirectUris: readonly string[]): ReadonlySet<string> {
  return new Set(redirectUris.map((uri) => new URL(uri).origin).filter((origin) => origin !== 'null'))
}
