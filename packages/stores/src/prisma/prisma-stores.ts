import type { Stores } from '../stores.ts'
import { prismaClients, saveClient } from './clients.ts'
import { prismaConsents } from './consents.ts'
import { prismaGrantStore } from './grant-store.ts'
import { prismaLedger } from './ledger.ts'
import { prismaOpaqueTokens } from './opaque-tokens.ts'
import type { Database } from './open-database.ts'
import { prismaPushedRequests } from './pushed-requests.ts'
import { prismaRegistrations } from './registrations.ts'
import { prismaRevocations } from './revocations.ts'
import { sweepDatabase } from './sweep.ts'
import { prismaTransactions } from './transactions.ts'

/** All ports over one database. */
export function prismaStores(db: Database): Stores {
  return {
    clients: prismaClients(db),
    grantStore: prismaGrantStore(db),
    pushedRequests: prismaPushedRequests(db),
    transactions: prismaTransactions(db),
    consents: prismaConsents(db),
    revocations: prismaRevocations(db),
    registrations: prismaRegistrations(db),
    opaqueTokens: prismaOpaqueTokens(db),
    ledger: prismaLedger(db),
    saveClient: (client) => saveClient(db, client),
    sweep: (now) => sweepDatabase(db, now),
  }
}
