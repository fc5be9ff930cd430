import { memoryLedger } from './memory/ledger.ts'
import type { Database } from './prisma/database.ts'
import { openDatabase } from './prisma/open-database.ts'
import { readStoreUrls, type StoreUrls } from './store-urls.ts'
import type { Stores } from './stores.ts'
import { withLedger } from './with-ledger.ts'

export type { Database, Stores }

/**
 * The database and every port over it, chosen by the URLs alone.
 *
 * Throws Error, meant for the operator, where the URLs cannot serve so many replicas or mean nothing; where the database cannot be
 * reached, was not prepared, or belongs to another version.
 */
export async function openStores(urls: StoreUrls): Promise<Database & { readonly stores: Stores }> {
  const { ledger } = readStoreUrls(urls)
  const database = await openDatabase({ url: urls.databaseUrl })
  if (ledger === 'memory') return { ...database, stores: withLedger(database.stores, memoryLedger()) }
  return database
}
