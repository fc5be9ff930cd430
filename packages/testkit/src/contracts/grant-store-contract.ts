import { commitContract } from './commit-contract.ts'
import { refreshTokensContract } from './refresh-tokens-contract.ts'
import type { Open } from './stores-under-test.ts'

/** What every grant store promises: every kind of Write, alone, together and at once. */
export function grantStoreContract(
  name: string,
  open: Open<'grantStore' | 'transactions' | 'pushedRequests' | 'ledger' | 'sweep'>,
): void {
  commitContract(name, open)
  refreshTokensContract(name, open)
}
