import { OAuthError } from '@keybound/oauth'

/** A JS Map ends at 16.7 million entries; a full ledger refuses long before it can fail. */
const capacity = 8_000_000

/**
 * Used keys and the last instant at which each record lives. Expiry goes by slices of one second, so that forgetting
 * costs a moment per second and never a walk over everything.
 */
export interface LedgerState {
  /** True where `key` has a record that lives at `now`, or may have had one: records up to `floor` were forgotten. */
  isUsed(key: string, expiresAt: number, now: number): boolean
  /** Returns what undoes it. */
  put(key: string, expiresAt: number): () => void
  remove(key: string): void
  /** Forgets what ended before `now`. */
  forget(now: number): void
}

export function ledgerState(): LedgerState {
  const endOf = new Map<string, number>()
  const slices = new Map<number, string[]>()
  /** Time only moves forward here: if the clock returns, a record that was forgotten is still taken as used. */
  let floor = Number.NEGATIVE_INFINITY

  return {
    isUsed(key, expiresAt, now) {
      if (expiresAt < floor) return true
      const end = endOf.get(key)
      return end !== undefined && end >= now
    },

    put(key, expiresAt) {
      const earlier = endOf.get(key)
      if (earlier === undefined && endOf.size >= capacity) {
        throw new OAuthError('temporarily_unavailable', 'store.available', 'The ledger is full')
      }
      endOf.set(key, expiresAt)
      const slice = Math.floor(expiresAt)
      const keys = slices.get(slice)
      if (keys) keys.push(key)
      else slices.set(slice, [key])
      return () => {
        if (earlier === undefined) endOf.delete(key)
        else endOf.set(key, earlier)
      }
    },

    remove(key) {
      endOf.delete(key)
    },

    forget(now) {
      if (now <= floor) return
      floor = now
      for (const [slice, keys] of slices) {
        if (slice + 1 > now) continue
        for (const key of keys) {
          const end = endOf.get(key)
          if (end !== undefined && end < now) endOf.delete(key)
        }
        slices.delete(slice)
      }
    },
  }
}
