import { Trouble } from './scripts.ts'

/** Where a cluster keeps its ledger. */
export type LedgerName = 'redis' | 'postgres'

/** What `--ledger` says. Throws Trouble where it is neither. */
export function ledgerName(text: string): LedgerName {
  if (text === 'redis' || text === 'postgres') return text
  throw new Trouble(`--ledger is redis or postgres, and not ${text}`)
}
