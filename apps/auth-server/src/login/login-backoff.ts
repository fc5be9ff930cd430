import type { Clock } from '@keybound/oauth'

/** Slows down guessing, per account and per source address. In the memory of this process: a restart forgives. */
export interface LoginBackoff {
  /** 0, and the try counts as failed until `succeeded` says otherwise, so that parallel tries gain nothing; or the seconds to wait, and the try does not count. */
  admit(account: string, source: string): number
  /** Forgives the account; the source keeps its failures with other accounts. */
  succeeded(account: string, source: string): void
}

interface Failures {
  readonly count: number
  readonly last: number
}

/** So many wrong passwords are free; each one more doubles the wait, up to the limit. A quarter of an hour without one forgives. */
const rules = {
  account: { free: 5, longestWait: 60 },
  source: { free: 20, longestWait: 300 },
  forgivenAfter: 15 * 60,
  remembered: 10_000,
}

export function createLoginBackoff(clock: Clock): LoginBackoff {
  const accounts = new Map<string, Failures>()
  const sources = new Map<string, Failures>()

  const waitOf = (failures: Failures | undefined, rule: { free: number; longestWait: number }) => {
    if (!failures || failures.count < rule.free) return 0
    return Math.max(
      0,
      failures.last + Math.min(2 ** (failures.count - rule.free), rule.longestWait) - clock(),
    )
  }
  const count = (table: Map<string, Failures>, key: string) => {
    const before = table.get(key)
    const forgiven = !before || clock() - before.last > rules.forgivenAfter
    // Deleted first: the map stays in the order of the last failure, and when it is full the oldest goes.
    table.delete(key)
    table.set(key, { count: forgiven ? 1 : before.count + 1, last: clock() })
    const oldest = table.keys().next()
    if (table.size > rules.remembered && !oldest.done) table.delete(oldest.value)
  }

  return {
    admit(account, source) {
      const wait = Math.max(
        waitOf(accounts.get(account), rules.account),
        waitOf(sources.get(source), rules.source),
      )
      if (wait > 0) return Math.ceil(wait)
      count(accounts, account)
      count(sources, source)
      return 0
    },
    succeeded(account, source) {
      accounts.delete(account)
      const failures = sources.get(source)
      if (failures) sources.set(source, { ...failures, count: failures.count - 1 })
    },
  }
}
