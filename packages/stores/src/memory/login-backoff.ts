import { failedAgain, type LoginBackoff, loginLimits, loginWait } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

/** Accounts, and sources, that are counted at once; beyond that the one that failed longest ago is forgotten. */
const remembered = 10_000

export function memoryLoginBackoff({ loginFailures }: MemoryState): LoginBackoff {
  const { accounts, sources } = loginFailures

  function count(table: typeof accounts, key: string, now: number): void {
    const failures = failedAgain(table.get(key), now)
    // Deleted first: the map stays in the order of the last failure.
    table.delete(key)
    table.set(key, failures)
    const oldest = table.keys().next()
    if (table.size > remembered && !oldest.done) table.delete(oldest.value)
  }

  return {
    async admit(account, source, now) {
      const wait = Math.max(
        loginWait(accounts.get(account), loginLimits.account, now),
        loginWait(sources.get(source), loginLimits.source, now),
      )
      if (wait > 0) return wait
      count(accounts, account, now)
      count(sources, source, now)
      return 0
    },
    async succeeded(account, source) {
      accounts.delete(account)
      const failures = sources.get(source)
      if (failures && failures.count > 0) sources.set(source, { ...failures, count: failures.count - 1 })
    },
  }
}
