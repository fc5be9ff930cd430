import type { Stores } from '../../stores.ts'
import { saveClient } from '../clients.ts'
import { prismaConsents } from '../consents.ts'
import { prismaTransactions } from '../transactions.ts'
import { sqliteClients } from './clients.ts'
import { sqliteGrantStore } from './grant-store.ts'
import { sqliteLedger } from './ledger.ts'
import { sqliteLoginBackoff } from './login-backoff.ts'
import { sqliteOpaqueTokens } from './opaque-tokens.ts'
import type { SqliteDatabase } from './open-sqlite.ts'
import { sqlitePushedRequests } from './pushed-requests.ts'
import { sqliteRegistrations } from './registrations.ts'
import { sqliteRevocations } from './revocations.ts'
import { sweepSqlite } from './sweep.ts'

/** All ports over one database. */
export function sqliteStores(db: SqliteDatabase): Stores {
  return {
    clients: sqliteClients(db),
    grantStore: sqliteGrantStore(db),
    pushedRequests: sqlitePushedRequests(db),
    transactions: prismaTransactions(db),
    consents: prismaConsents(db),
    revocations: sqliteRevocations(db),
    registrations: sqliteRegistrations(db),
    opaqueTokens: sqliteOpaqueTokens(db),
    ledger: sqliteLedger(db),
    loginBackoff: sqliteLoginBackoff(db),
    saveClient: (client) => saveClient(db, client),
    sweep: (now) => sweepSqlite(db, now),
  }
}
