import type { Registrations } from '@keybound/authorization-server'
import type { Prisma } from '@keybound/prisma'
import { answered } from '../unavailable.ts'
import { rowOf } from './clients.ts'
import type { Database } from './database.ts'

/**
 * All but `remove`, which takes more than one table and so has statements of its own for each database. `alone` makes a transaction wait
 * for every other one that registers a client.
 */
export function prismaRegistrations(
  { prisma }: Pick<Database, 'prisma'>,
  alone: (transaction: Prisma.TransactionClient) => Promise<unknown>,
): Omit<Registrations, 'remove'> {
  return {
    insert(client, { most, since }) {
      const counted = prisma.$transaction(async (transaction) => {
        await alone(transaction)
        const where = { clientIdIssuedAt: { gte: since } }
        if ((await transaction.client.count({ where })) >= most) return false
        await transaction.client.create({ data: rowOf(client) })
        return true
      })
      return answered(counted)
    },
    async replace(client, registrationAccessTokenHash) {
      const where = { clientId: client.client_id, registrationAccessTokenHash }
      const { count } = await answered(prisma.client.updateMany({ where, data: rowOf(client) }))
      return count === 1
    },
  }
}
