import { clientsContract } from './clients-contract.ts'
import { consentsContract } from './consents-contract.ts'
import { grantStoreContract } from './grant-store-contract.ts'
import { ledgerContract } from './ledger-contract.ts'
import { loginBackoffContract } from './login-backoff-contract.ts'
import { opaqueTokensContract } from './opaque-tokens-contract.ts'
import { pushedRequestsContract } from './pushed-requests-contract.ts'
import { registrationsContract } from './registrations-contract.ts'
import { revocationsContract } from './revocations-contract.ts'
import type { Open, StoresUnderTest } from './stores-under-test.ts'
import { transactionsContract } from './transactions-contract.ts'

/** Every contract, for a driver that has every port. */
export function storesContract(name: string, open: Open<keyof StoresUnderTest>): void {
  ledgerContract(name, open)
  clientsContract(name, open)
  pushedRequestsContract(name, open)
  transactionsContract(name, open)
  grantStoreContract(name, open)
  revocationsContract(name, open)
  consentsContract(name, open)
  registrationsContract(name, open)
  opaqueTokensContract(name, open)
  loginBackoffContract(name, open)
}
