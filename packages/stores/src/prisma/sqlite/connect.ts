import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from '@prisma/driver-adapter-utils'
import type { Database as Connection } from 'better-sqlite3'
import { openingTimeout, patiently } from './patience.ts'
import type { Turns } from './turns.ts'

/**
 * Opens the one connection that this process has to the file, for Prisma and for the statements that decide. Two connections
 * would wait for each other inside one thread: until the busy timeout, and then fail.
 */
export async function connect(
  file: string,
  turns: Turns,
): Promise<{ connection: Connection; adapter: SqlDriverAdapterFactory }> {
  const factory = new PrismaBetterSqlite3({
    url: `file:${file}`,
    fileMustExist: true,
    timeout: openingTimeout,
  })
  const adapter = await factory.connect()
  const connection = connectionOf(adapter)
  takeTurns(adapter, turns)
  return {
    connection,
    adapter: { provider: 'sqlite', adapterName: adapter.adapterName, connect: async () => adapter },
  }
}

/** The adapter keeps it in `client`, which its type does not mention. */
function connectionOf(adapter: SqlDriverAdapter & { readonly client?: Connection }): Connection {
  if (typeof adapter.client?.inTransaction !== 'boolean') {
    throw new TypeError('The adapter of Prisma shows no connection any more')
  }
  return adapter.client
}

/** Prisma's adapter runs every statement on the connection as it comes; here a statement outside a transaction waits for its end. */
function takeTurns(adapter: SqlDriverAdapter, turns: Turns): void {
  const queryRaw = adapter.queryRaw.bind(adapter)
  const executeRaw = adapter.executeRaw.bind(adapter)
  const startTransaction = adapter.startTransaction.bind(adapter)
  adapter.queryRaw = (query) => patiently(() => turns.alone(() => queryRaw(query)))
  adapter.executeRaw = (query) => patiently(() => turns.alone(() => executeRaw(query)))
  adapter.startTransaction = async (isolationLevel) => {
    const release = await turns.take()
    try {
      return releasing(await startTransaction(isolationLevel), release)
    } catch (error) {
      release()
      throw error
    }
  }
}

function releasing(transaction: Transaction, release: () => void): Transaction {
  const commit = transaction.commit.bind(transaction)
  const rollback = transaction.rollback.bind(transaction)
  transaction.commit = () => commit().finally(release)
  transaction.rollback = () => rollback().finally(release)
  return transaction
}
