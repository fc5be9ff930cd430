import type { Consent, Consents } from '@keybound/authorization-server'
import { formatScope, parseScope } from '@keybound/oauth'
import { answered } from '../unavailable.ts'
import type { Database } from './database.ts'

export function prismaConsents({ prisma: { consent: consents } }: Database): Consents {
  return {
    async find(subject, clientId) {
      const row = await answered(consents.findUnique({ where: { subject_clientId: { subject, clientId } } }))
      return row ? consentOf(row) : undefined
    },
    async save({ subject, clientId, scope, grantedAt }) {
      const given = { subject, clientId, scope: formatScope(scope), grantedAt }
      await answered(
        consents.upsert({ where: { subject_clientId: { subject, clientId } }, create: given, update: given }),
      )
    },
    async list(subject) {
      const rows = await answered(consents.findMany({ where: { subject }, orderBy: { grantedAt: 'asc' } }))
      return rows.map(consentOf)
    },
    async remove(subject, clientId) {
      await answered(consents.deleteMany({ where: { subject, clientId } }))
    },
  }
}

function consentOf(row: { subject: string; clientId: string; scope: string; grantedAt: number }): Consent {
  return { ...row, scope: parseScope(row.scope) }
}
