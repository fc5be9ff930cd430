import type { AuthorizationRequest, Transactions } from '@keybound/authorization-server'
import type { Prisma } from '@keybound/prisma'
import { answered } from '../unavailable.ts'
import type { Database } from './database.ts'
import { present } from './present.ts'

export function prismaTransactions({ prisma: { transaction: transactions } }: Database): Transactions {
  return {
    async insert({ request, ...transaction }) {
      const data = { ...transaction, request: request as unknown as Prisma.InputJsonObject }
      await answered(transactions.create({ data }))
    },
    async find(id) {
      const row = await answered(
        transactions.findUnique({ where: { id, finished: false }, omit: { finished: true } }),
      )
      return row ? { ...present(row), request: row.request as unknown as AuthorizationRequest } : undefined
    },
    async update(id, change) {
      const { count } = await answered(
        transactions.updateMany({ where: { id, finished: false }, data: change }),
      )
      return count === 1
    },
  }
}
