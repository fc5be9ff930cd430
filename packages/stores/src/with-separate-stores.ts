import type { GrantStore, LoginBackoff, PushedRequests, Write } from '@keybound/authorization-server'
import type { Ledger, LedgerEntry } from '@keybound/dpop'
import type { Stores } from './stores.ts'

/** A ledger that is elsewhere than the grants. */
export interface SeparateLedger extends Ledger {
  /** Takes back what this very call of `remember` inserted. Rejects where it cannot; the key then stays used. */
  retract(entry: LedgerEntry): Promise<void>
}

/** Pushed requests that are elsewhere than the grants. */
export interface SeparatePushedRequests extends PushedRequests {
  /** True once, for one that is there. */
  spend(hash: string): Promise<boolean>
  /** Takes back what this very call of `spend` did. Rejects where it cannot; the request then stays spent. */
  unspend(hash: string): Promise<void>
}

/** What is elsewhere than the grants. */
export interface SeparateStores {
  readonly ledger: SeparateLedger
  readonly pushedRequests?: SeparatePushedRequests
  readonly loginBackoff?: LoginBackoff
}

/** Stores of which some are elsewhere than the grants. */
export function withSeparateStores(stores: Stores, separate: SeparateStores): Stores {
  const { ledger, pushedRequests = stores.pushedRequests, loginBackoff = stores.loginBackoff } = separate
  const grantStore = separateFirst(stores.grantStore, separate)
  return { ...stores, ledger, pushedRequests, loginBackoff, grantStore }
}

/** A write to another store than the grants', and how it is taken back. */
interface SeparateWrite {
  readonly write: Write
  make(): Promise<boolean>
  takeBack(): Promise<void>
}

/**
 * A commit over two stores. What belongs elsewhere goes first, then everything else in one transaction, so that a replay stops before
 * anything else is written, and no order of failures accepts twice. Where the transaction is refused for certain, what was written first is
 * taken back: a refused request burns nothing. Where its outcome is unknown, it stays (docs/decisions/008).
 */
function separateFirst(grantStore: GrantStore, separate: SeparateStores): GrantStore {
  return {
    ...grantStore,
    async commit(writes) {
      const made: SeparateWrite[] = []
      const refused = async (write: Write) => {
        await Promise.allSettled(made.map((one) => one.takeBack()))
        return write
      }
      const elsewhere = writes.flatMap((write) => separateWrite(separate, write) ?? [])
      for (const one of elsewhere) {
        if (!(await one.make())) return refused(one.write)
        made.push(one)
      }
      const others = writes.filter((write) => !elsewhere.some((one) => one.write === write))
      const failed = others.length > 0 ? await grantStore.commit(others) : undefined
      return failed && refused(failed)
    },
  }
}

function separateWrite({ ledger, pushedRequests }: SeparateStores, write: Write): SeparateWrite | undefined {
  if (write.do === 'remember' && !write.withGrants) {
    return { write, make: () => ledger.remember(write), takeBack: () => ledger.retract(write) }
  }
  if (write.do === 'spend pushed request' && pushedRequests) {
    const { hash } = write
    return {
      write,
      make: () => pushedRequests.spend(hash),
      takeBack: () => pushedRequests.unspend(hash),
    }
  }
  return undefined
}
