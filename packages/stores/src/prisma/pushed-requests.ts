import type { AuthorizationRequest, PushedRequests } from '@keybound/authorization-server'
import type { Prisma } from '@keybound/prisma'
import { answered } from '../unavailable.ts'
import type { Database } from './database.ts'

export function prismaPushedRequests({ prisma: { pushedRequest } }: Database): PushedRequests {
  return {
    async insert({ request, ...pushed }) {
      const data = { ...pushed, request: request as unknown as Prisma.InputJsonObject }
      await answered(pushedRequest.create({ data }))
    },
    async find(hash) {
      const row = await answered(pushedRequest.findUnique({ where: { hash } }))
      return row ? { ...row, request: row.request as unknown as AuthorizationRequest } : undefined
    },
    countLive(clientId, now) {
      return answered(pushedRequest.count({ where: { clientId, spent: false, expiresAt: { gt: now } } }))
    },
  }
}
