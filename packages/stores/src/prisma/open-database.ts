import { providerOf } from '@keybound/prisma'
import type { Stores } from '../stores.ts'
import type { Database } from './database.ts'
import { openPostgres } from './postgres/open-postgres.ts'
import { postgresStores } from './postgres/postgres-stores.ts'
import { openSqlite } from './sqlite/open-sqlite.ts'
import { sqliteStores } from './sqlite/sqlite-stores.ts'

/** The database of that URL, and every port over it. Throws Error as openSqlite and openPostgres do, and for any other URL. */
export async function openDatabase({
  url,
}: {
  readonly url: string
}): Promise<Database & { readonly stores: Stores }> {
  if (providerOf(url) === 'postgresql') {
    const db = await openPostgres({ url })
    return { ...db, stores: postgresStores(db) }
  }
  if (!url.startsWith('file:')) {
    throw new Error('DATABASE_URL must be file:<path> or postgresql://<user>@<host>/<database>')
  }
  const db = await openSqlite({ url })
  return { ...db, stores: sqliteStores(db) }
}
