import { OAuthError, systemClock } from '@keybound/oauth'
import { fetchJson, type OutboundOptions } from '../fetch-json.ts'
import type { AccessTokenKeys } from './access-token-keys.ts'
import { type KeySet, parseKeySet } from './key-set.ts'

export interface RemoteKeysOptions extends OutboundOptions {
  readonly jwksUri: string
  /** Seconds after which the set is fetched again before it is used: a withdrawn key ends by then. 300. */
  readonly maxAge?: number
  /** Seconds after the last fetch for which its keys serve while the issuer cannot be reached; then 503. 900. */
  readonly maxStale?: number
  /** At least this many seconds between two fetches, so that unknown kids cannot make us ask without end. 10. */
  readonly coolDown?: number
}

/**
 * The keys of a remote issuer, fetched one at a time; whoever waits shares the fetch. A set near its age is renewed in the background. While
 * the issuer cannot be reached the last set serves up to `maxStale`, and nobody waits for the next attempt.
 * @see RFC 7517 §5 · RFC 8414 §2 jwks_uri
 */
export function remoteKeys(options: RemoteKeysOptions): AccessTokenKeys {
  const { jwksUri, maxAge = 300, maxStale = 900, coolDown = 10, clock = systemClock } = options
  let known: { set: KeySet; fetchedAt: number } | undefined
  let triedAt = Number.NEGATIVE_INFINITY
  let failure: unknown
  let underWay: Promise<void> | undefined

  async function refresh(): Promise<void> {
    triedAt = clock()
    try {
      const document = await fetchJson(jwksUri, { headers: { accept: 'application/json' } }, options)
      known = { set: await parseKeySet(document, known?.set), fetchedAt: triedAt }
      failure = undefined
    } catch (error) {
      failure = error
    } finally {
      underWay = undefined
    }
  }

  function refreshUnless(pause: number): Promise<void> | undefined {
    if (!underWay && clock() >= triedAt + pause) underWay = refresh()
    return underWay
  }

  function usable(): KeySet {
    if (known && clock() < known.fetchedAt + maxStale) return known.set
    const sentence = 'the keys of the issuer cannot be had just now'
    throw new OAuthError('temporarily_unavailable', 'keys.available', sentence, { cause: failure })
  }

  function current(): KeySet | Promise<KeySet> {
    const age = known ? clock() - known.fetchedAt : Number.POSITIVE_INFINITY
    if (known && age < 0.8 * maxAge) return known.set
    const attempt = refreshUnless(known ? coolDown : 1)
    const mayGoOn = age < maxAge || (failure !== undefined && age < maxStale)
    return mayGoOn || !attempt ? usable() : attempt.then(usable)
  }

  async function renewed(): Promise<KeySet> {
    await refreshUnless(coolDown)
    return usable()
  }

  return { current, renewed }
}
