import type { GrantStore } from '@keybound/authorization-server'
import type { LedgerEntry } from '@keybound/dpop'
import { OAuthError } from '@keybound/oauth'
import type { Stores } from './stores.ts'

/** What one owner may have remembered: so many in a window of so many seconds, about the life of a record. */
export interface Quota {
  readonly most: number
  readonly seconds: number
}

/** Owners that are counted at once; beyond that the oldest window is forgotten. */
const countedOwners = 100_000

/**
 * Stores that let no owner, a client's key, fill the ledger: rows and memory are bounded by the number of owners. Counted in the memory of
 * this process: N replicas give each of them the Nth part of what an owner may have. Throws OAuthError temporarily_unavailable `request.rate` (429).
 */
export function withQuota(stores: Stores, quota: Quota): Stores {
  const windows = new Map<string, { readonly since: number; count: number }>()

  function count({ owner, now }: LedgerEntry): void {
    if (owner === undefined) return
    const open = windows.get(owner)
    if (open && now < open.since + quota.seconds) {
      if (open.count >= quota.most) {
        throw new OAuthError(
          'temporarily_unavailable',
          'request.rate',
          'This key has made too many proofs of late',
        )
      }
      open.count += 1
      return
    }
    windows.delete(owner)
    windows.set(owner, { since: now, count: 1 })
    const oldest = windows.keys().next()
    if (windows.size > countedOwners && !oldest.done) windows.delete(oldest.value)
  }

  const { ledger, grantStore } = stores
  const counted: GrantStore = {
    ...grantStore,
    async commit(writes) {
      for (const write of writes) if (write.do === 'remember') count(write)
      return grantStore.commit(writes)
    },
  }
  return {
    ...stores,
    grantStore: counted,
    ledger: {
      ...ledger,
      async remember(entry) {
        count(entry)
        return ledger.remember(entry)
      },
    },
  }
}
