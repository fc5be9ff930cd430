import type { GrantStore, Write } from '@keybound/authorization-server'
import type { Ledger, LedgerEntry } from '@keybound/dpop'
import type { Stores } from './stores.ts'

/** A ledger that is elsewhere than the grants. */
export interface SeparateLedger extends Ledger {
  /** Takes back what this very call of `remember` inserted. Rejects where it cannot; the key then stays used. */
  retract(entry: LedgerEntry): Promise<void>
}

/** Stores whose ledger is elsewhere than their grants. */
export function withLedger(stores: Stores, ledger: SeparateLedger): Stores {
  return { ...stores, ledger, grantStore: rememberingFirst(stores.grantStore, ledger) }
}

type Remember = Extract<Write, { do: 'remember' }>

/**
 * A commit over two stores. What is to be remembered goes first, then everything else in one transaction, so that a replay stops before
 * anything else is written, and no order of failures accepts twice. Where the transaction is refused for certain, what was remembered is
 * taken back: a refused request burns nothing. Where its outcome is unknown, the keys stay used (docs/decisions/008).
 */
function rememberingFirst(grantStore: GrantStore, ledger: SeparateLedger): GrantStore {
  return {
    ...grantStore,
    async commit(writes) {
      const remembered: Remember[] = []
      const refused = async (write: Write) => {
        await Promise.allSettled(remembered.map((one) => ledger.retract(one)))
        return write
      }
      for (const write of writes.filter(isRemember)) {
        if (!(await ledger.remember(write))) return refused(write)
        remembered.push(write)
      }
      const others = writes.filter((write) => !isRemember(write))
      const failed = others.length > 0 ? await grantStore.commit(others) : undefined
      return failed && refused(failed)
    },
  }
}

function isRemember(write: Write): write is Remember {
  return write.do === 'remember'
}
