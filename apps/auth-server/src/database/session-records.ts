import type { Database } from '../dependencies.ts'
import type { SessionRecords } from '../session/sessions.ts'
import { available } from './available.ts'

export function sessionRecordsIn({ prisma: { session: sessions } }: Database): SessionRecords {
  return {
    async insert(session) {
      await available(sessions.create({ data: session }))
    },
    async find(id) {
      return (await available(sessions.findUnique({ where: { id } }))) ?? undefined
    },
    async touch(id, lastSeenAt) {
      await available(sessions.updateMany({ where: { id }, data: { lastSeenAt } }))
    },
    async remove(id) {
      await available(sessions.deleteMany({ where: { id } }))
    },
    list(subject) {
      return available(sessions.findMany({ where: { subject }, orderBy: { lastSeenAt: 'desc' } }))
    },
  }
}
