import type { Client } from '@keybound/authorization-server'
import type { Stores } from '../stores.ts'
import { memoryClients } from './clients.ts'
import { memoryConsents } from './consents.ts'
import { memoryGrantStore } from './grant-store.ts'
import { memoryLedger } from './ledger.ts'
import { memoryLoginBackoff } from './login-backoff.ts'
import { memoryOpaqueTokens } from './opaque-tokens.ts'
import { memoryPushedRequests } from './pushed-requests.ts'
import { memoryRegistrations } from './registrations.ts'
import { memoryRevocations } from './revocations.ts'
import { memoryState } from './state.ts'
import { sweep } from './sweep.ts'
import { memoryTransactions } from './transactions.ts'

/** All ports over one state in the memory of this process. */
export function memoryStores(options: { readonly clients?: readonly Client[] } = {}): Stores {
  const state = memoryState(options.clients ?? [])
  return {
    clients: memoryClients(state),
    grantStore: memoryGrantStore(state),
    pushedRequests: memoryPushedRequests(state),
    transactions: memoryTransactions(state),
    consents: memoryConsents(state),
    revocations: memoryRevocations(state),
    registrations: memoryRegistrations(state),
    opaqueTokens: memoryOpaqueTokens(state),
    ledger: memoryLedger(state.ledger),
    loginBackoff: memoryLoginBackoff(state),
    async saveClient(client) {
      state.clients.set(client.client_id, client)
    },
    async sweep(now) {
      sweep(state, now)
    },
  }
}
