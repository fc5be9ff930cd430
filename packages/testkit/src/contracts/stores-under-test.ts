import type {
  Client,
  Clients,
  Consents,
  GrantStore,
  LoginBackoff,
  OpaqueTokens,
  PushedRequests,
  Registrations,
  Revocations,
  Transactions,
} from '@keybound/authorization-server'
import type { Ledger } from '@keybound/dpop'
import { afterEach, beforeEach } from 'vitest'

/** What a driver hands over: all its ports over one empty state of their own. */
export interface StoresUnderTest {
  readonly clients: Clients
  readonly grantStore: GrantStore
  readonly pushedRequests: PushedRequests
  readonly transactions: Transactions
  readonly consents: Consents
  readonly revocations: Revocations
  readonly registrations: Registrations
  readonly opaqueTokens: OpaqueTokens
  readonly ledger: Ledger
  readonly loginBackoff: LoginBackoff
  saveClient(client: Client): Promise<void>
  sweep(now: number): Promise<void>
}

/** A new, empty state each time it is called. */
export type Open<Part extends keyof StoresUnderTest> = () => Promise<
  Pick<StoresUnderTest, Part> & { close?(): Promise<void> }
>

/** Opens before each test of the surrounding `describe` and closes after it; the function it returns gives the open stores. */
export function openedForEachTest<Opened extends { close?(): Promise<void> }>(
  open: () => Promise<Opened>,
): () => Opened {
  let opened: Opened | undefined
  beforeEach(async () => {
    opened = await open()
  })
  afterEach(async () => {
    await opened?.close?.()
    opened = undefined
  })
  return () => {
    if (!opened) throw new TypeError('Ask for the stores inside a test')
    return opened
  }
}
