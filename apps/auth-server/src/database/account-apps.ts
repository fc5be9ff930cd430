import type { Consents, GrantStore } from '@keybound/authorization-server'
import { parseScope } from '@keybound/oauth'
import type { Database } from '../dependencies.ts'
import type { AccountApp, AccountApps } from '../session/account-apps.ts'
import { available } from './available.ts'

/** More would not fit on a page. */
const most = 500

export function accountAppsIn(
  { prisma }: Database,
  { consents, grantStore }: { readonly consents: Consents; readonly grantStore: GrantStore },
): AccountApps {
  const liveGrants = (subject: string, now: number) =>
    available(
      prisma.grant.findMany({
        where: { subject, revokedAt: null, expiresAt: { gt: now } },
        orderBy: { createdAt: 'desc' },
        take: most,
      }),
    )

  return {
    async list(subject, now) {
      const grants = await liveGrants(subject, now)
      const allowed = await consents.list(subject)
      const names = await clientNames(
        prisma,
        [...grants, ...allowed].map(({ clientId }) => clientId),
      )
      return Array.from(names, ([clientId, clientName]): AccountApp => {
        const own = [
          ...grants.map((grant) => ({ ...grant, scope: parseScope(grant.scope), since: grant.createdAt })),
          ...allowed.map((consent) => ({ ...consent, since: consent.grantedAt })),
        ].filter((one) => one.clientId === clientId)
        return {
          clientId,
          clientName,
          scope: [...new Set(own.flatMap(({ scope }) => scope))],
          since: Math.min(...own.map(({ since }) => since)),
        }
      })
    },
    async end(subject, clientId, now) {
      await consents.remove(subject, clientId)
      const grants = (await liveGrants(subject, now)).filter((grant) => grant.clientId === clientId)
      await grantStore.commit(grants.map(({ id }) => ({ do: 'revoke grant', grantId: id, at: now })))
    },
  }
}

async function clientNames(
  prisma: Database['prisma'],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const where = { clientId: { in: [...new Set(ids)] } }
  const clients = await available(prisma.client.findMany({ where, orderBy: { clientName: 'asc' } }))
  return new Map(clients.map(({ clientId, clientName }) => [clientId, clientName]))
}
