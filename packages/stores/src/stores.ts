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

/** Every port of one driver, over one state: what `commit` writes, the others see. */
export interface Stores {
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
  /** Registers a client, or replaces the one of the same client_id. */
  saveClient(client: Client): Promise<void>
  /** Deletes what nobody can use any more at `now`, in portions that hold up no request. Safe to run at any time, in any process. */
  sweep(now: number): Promise<void>
}
