import type { AuthorizationRequest, PushedRequests } from '@keybound/authorization-server'
import { answered } from '../unavailable.ts'
import type { Database } from './database.ts'

/** What reads. `insert` decides, and so is a statement of its own for each database. */
export function prismaPushedRequests({
  prisma: { pushedRequest },
}: Pick<Database, 'prisma'>): Omit<PushedRequests, 'insert'> {
  return {
    async find(hash) {
      const row = await answered(pushedRequest.findUnique({ where: { hash } }))
      return row ? { ...row, request: row.request as unknown as AuthorizationRequest } : undefined
    },
    countLive(clientId, now) {
      return answered(pushedRequest.count({ where: { clientId, spent: false, expiresAt: { gt: now } } }))
    },
  }
}
