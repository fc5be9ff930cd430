import type { SeparateLedger } from '../with-separate-stores.ts'
import { type LedgerState, ledgerState } from './ledger-state.ts'

/** A ledger of one process: it forgets everything when the process ends. For tests, and for one replica that accepts that. */
export function memoryLedger(state: LedgerState = ledgerState()): SeparateLedger {
  let sweptAt = Number.NEGATIVE_INFINITY
  return {
    async remember({ key, expiresAt, now }) {
      if (now >= sweptAt + 1) {
        sweptAt = now
        state.forget(now)
      }
      if (state.isUsed(key, expiresAt, now)) return false
      state.put(key, expiresAt)
      return true
    },
    async retract({ key }) {
      state.remove(key)
    },
  }
}
