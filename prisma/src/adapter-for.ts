import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { patience } from './migrate/patience.ts'
import { providerOf } from './provider.ts'

/** Prisma's adapter for one connection to the database, for what is done before the apps start. */
export function adapterFor(database: string): PrismaBetterSqlite3 | PrismaPg {
  if (providerOf(database) === 'sqlite') {
    return new PrismaBetterSqlite3({ url: `file:${database}`, timeout: patience })
  }
  const pool = new DescribablePool({
    connectionString: database,
    max: 1,
    connectionTimeoutMillis: patience,
  })
  return new PrismaPg(pool, { disposeExternalPool: true })
}

/** OIDs of PostgreSQL's internal one-byte type and of char(n). */
const [internalChar, char] = [18, 1042]

/** The catalogue has columns of a type that Prisma's adapter does not know; to its schema engine they are texts. */
class DescribablePool extends pg.Pool {
  override query = (async (...args: Parameters<pg.Pool['query']>) => {
    const result = await (super.query(...args) as unknown as Promise<pg.QueryResult>)
    for (const field of result.fields) if (field.dataTypeID === internalChar) field.dataTypeID = char
    return result
  }) as unknown as pg.Pool['query']
}
