import { type Clock, systemClock } from '@keybound/oauth'
import { memoryLedger } from './memory/ledger.ts'
import type { Database } from './prisma/database.ts'
import { prismaEpochRecord } from './prisma/epoch-record.ts'
import { openDatabase } from './prisma/open-database.ts'
import { type Quota, withQuota } from './quota.ts'
import { openRedisStores } from './redis/open-redis-stores.ts'
import { readStoreUrls, type StoreUrls } from './store-urls.ts'
import type { Stores } from './stores.ts'
import { withSeparateStores } from './with-separate-stores.ts'

export type { Database, Stores }

/** Two thousand proofs a second by one key, for as long as a proof is remembered, over all replicas. */
const quota: Quota = { most: 60_000, seconds: 30 }

/**
 * The database and every port over it, chosen by the URLs alone. `ping` asks the ledger too.
 *
 * Throws Error, meant for the operator, where the URLs cannot serve so many replicas or mean nothing; where the database or the ledger
 * cannot be reached, or was not prepared, belongs to another version, or may forget what it has to remember.
 */
export async function openStores(
  urls: StoreUrls,
  clock: Clock = systemClock,
): Promise<Database & { readonly stores: Stores }> {
  const opened = await openUnlimited(urls, clock)
  // Counted in each process, so each has its share.
  const most = Math.ceil(quota.most / urls.replicas)
  return { ...opened, stores: withQuota(opened.stores, { ...quota, most }) }
}

async function openUnlimited(urls: StoreUrls, clock: Clock): Promise<Database & { readonly stores: Stores }> {
  const { ledger: kind } = readStoreUrls(urls)
  const database = await openDatabase({ url: urls.databaseUrl })
  if (kind === 'database') return database
  if (kind === 'memory')
    return { ...database, stores: withSeparateStores(database.stores, { ledger: memoryLedger() }) }
  try {
    const record = prismaEpochRecord(database)
    const redis = await openRedisStores({ url: urls.ledgerUrl ?? '', record, clock })
    return {
      ...database,
      stores: withSeparateStores(database.stores, redis),
      ping: async () => void (await Promise.all([database.ping(), redis.ping()])),
      close: async () => void (await Promise.all([database.close(), redis.close()])),
    }
  } catch (error) {
    await database.close()
    throw error
  }
}
