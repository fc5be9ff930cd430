import type { Stores } from '../../stores.ts'
import { saveClient } from '../clients.ts'
import { prismaConsents } from '../consents.ts'
import { prismaTransactions } from '../transactions.ts'
import { postgresClients } from './clients.ts'
import { postgresGrantStore } from './grant-store.ts'
import { postgresLedger } from './ledger.ts'
import { postgresLoginBackoff } from './login-backoff.ts'
import { postgresOpaqueTokens } from './opaque-tokens.ts'
import type { PostgresDatabase } from './open-postgres.ts'
import { postgresPushedRequests } from './pushed-requests.ts'
import { postgresRegistrations } from './registrations.ts'
import { postgresRevocations } from './revocations.ts'
import { sweepPostgres } from './sweep.ts'

/** All ports over one PostgreSQL database. */
export function postgresStores(db: PostgresDatabase): Stores {
  return {
    clients: postgresClients(db),
    grantStore: postgresGrantStore(db),
    pushedRequests: postgresPushedRequests(db),
    transactions: prismaTransactions(db),
    consents: prismaConsents(db),
    revocations: postgresRevocations(db),
    registrations: postgresRegistrations(db),
    opaqueTokens: postgresOpaqueTokens(db),
    ledger: postgresLedger(db),
    loginBackoff: postgresLoginBackoff(db),
    saveClient: (client) => saveClient(db, client),
    sweep: (now) => sweepPostgres(db, now),
  }
}
