import type {
  AuthorizationTransaction,
  Client,
  CodeRecord,
  Consent,
  Grant,
  LoginFailures,
  OpaqueTokenRecord,
  PushedRequest,
  RefreshTokenRecord,
} from '@keybound/authorization-server'
import { type LedgerState, ledgerState } from './ledger-state.ts'

/** Everything the memory driver knows. Records are replaced, never changed in place. */
export interface MemoryState {
  readonly clients: Map<string, Client>
  readonly grants: Map<string, Grant>
  readonly codes: Map<string, CodeRecord>
  readonly refreshTokens: Map<string, RefreshTokenRecord>
  readonly pushedRequests: Map<string, PushedRequest & { readonly spent: boolean }>
  readonly transactions: Map<
    string,
    { readonly transaction: AuthorizationTransaction; readonly finished: boolean }
  >
  /** By subject, then by client_id. */
  readonly consents: Map<string, Map<string, Consent>>
  readonly opaqueTokens: Map<string, OpaqueTokenRecord>
  /** jti hash → the end of the token. */
  readonly revokedAccessTokens: Map<string, number>
  readonly ledger: LedgerState
  /** In the order in which they last failed. */
  readonly loginFailures: {
    readonly accounts: Map<string, LoginFailures>
    readonly sources: Map<string, LoginFailures>
  }
}

export function memoryState(clients: readonly Client[]): MemoryState {
  return {
    clients: new Map(clients.map((client) => [client.client_id, client])),
    grants: new Map(),
    codes: new Map(),
    refreshTokens: new Map(),
    pushedRequests: new Map(),
    transactions: new Map(),
    consents: new Map(),
    opaqueTokens: new Map(),
    revokedAccessTokens: new Map(),
    ledger: ledgerState(),
    loginFailures: { accounts: new Map(), sources: new Map() },
  }
}
