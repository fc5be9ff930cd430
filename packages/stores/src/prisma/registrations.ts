import type { Registrations } from '@keybound/authorization-server'
import { answered } from '../unavailable.ts'
import { rowOf } from './clients.ts'
import type { Database } from './database.ts'

/** All but `remove`, which takes more than one table and so has statements of its own for each database. */
export function prismaRegistrations({ prisma }: Pick<Database, 'prisma'>): Omit<Registrations, 'remove'> {
  return {
    countSince: (instant) => answered(prisma.client.count({ where: { clientIdIssuedAt: { gte: instant } } })),
    async insert(client) {
      await answered(prisma.client.create({ data: rowOf(client) }))
    },
    async replace(client, registrationAccessTokenHash) {
      const where = { clientId: client.client_id, registrationAccessTokenHash }
      const { count } = await answered(prisma.client.updateMany({ where, data: rowOf(client) }))
      return count === 1
    },
  }
}
