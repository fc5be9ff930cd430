import type { Clock } from '@keybound/oauth'
import type { JWK } from 'jose'

/** The keys behind the jwks_uri of clients. */
export interface KeySets {
  /**
   * The keys that are there now, from memory where they are young; `wanted` says whether they will do: where not, the set is fetched
   * again, but not more often than the cool-down allows. None where they cannot be had.
   */
  find(uri: string, wanted: (keys: readonly JWK[]) => boolean): Promise<readonly JWK[]>
}

interface Held {
  readonly keys: readonly JWK[]
  readonly fetchedAt: number
  /** Of the last try, whether or not it gave anything. */
  readonly triedAt: number
}

/** Seconds; and how many sets are held. While a set cannot be fetched again, the old one counts until it is stale. */
const times = { young: 300, stale: 3600, coolDown: 30 }
const heldAtMost = 1000

export function createKeySets(fetch: (uri: string) => Promise<readonly JWK[]>, clock: Clock): KeySets {
  const sets = new Map<string, Held>()
  const underWay = new Map<string, Promise<Held>>()

  async function refetch(uri: string, held: Held | undefined): Promise<Held> {
    const triedAt = clock()
    try {
      return { keys: await fetch(uri), fetchedAt: triedAt, triedAt }
    } catch {
      return { keys: held?.keys ?? [], fetchedAt: held?.fetchedAt ?? Number.NEGATIVE_INFINITY, triedAt }
    }
  }

  /** Many requests at once share one fetch. */
  function refetchOnce(uri: string, held: Held | undefined): Promise<Held> {
    const already = underWay.get(uri)
    if (already) return already
    const fetching = refetch(uri, held).then((fetched) => {
      underWay.delete(uri)
      sets.delete(uri)
      sets.set(uri, fetched)
      const oldest = sets.keys().next()
      if (sets.size > heldAtMost && !oldest.done) sets.delete(oldest.value)
      return fetched
    })
    underWay.set(uri, fetching)
    return fetching
  }

  return {
    async find(uri, wanted) {
      const held = sets.get(uri)
      const now = clock()
      if (held && now - held.fetchedAt < times.young && wanted(held.keys)) return held.keys
      const rested = !held || now - held.triedAt >= times.coolDown
      const latest = rested ? await refetchOnce(uri, held) : held
      return now - latest.fetchedAt < times.stale ? latest.keys : []
    },
  }
}
