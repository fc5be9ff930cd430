import type { AuthorizationRequest, Consents, GrantStore } from '@keybound/authorization-server'
import { parseScope } from '@keybound/oauth'
import type { Database } from '../dependencies.ts'
import type { AccountApp, AccountApps } from '../session/account-apps.ts'
import { available } from './available.ts'

/** More would not fit on a page; so many are revoked at once. */
const most = 500

export function accountAppsIn(
  { prisma }: Database,
  { consents, grantStore }: { readonly consents: Consents; readonly grantStore: GrantStore },
): AccountApps {
  const liveGrants = (of: { subject: string; clientId?: string }, now: number) =>
    available(
      prisma.grant.findMany({
        where: { ...of, revokedAt: null, expiresAt: { gt: now } },
        orderBy: { createdAt: 'desc' },
        take: most,
      }),
    )

  /** Codes that are still on their way to the client: without this one of them could be redeemed afterwards. */
  async function dropCodes(subject: string, clientId: string, now: number): Promise<void> {
    const live = await available(
      prisma.code.findMany({ where: { subject, consumedAt: null, expiresAt: { gt: now } } }),
    )
    const own = live.filter(
      ({ request }) => (request as unknown as AuthorizationRequest).clientId === clientId,
    )
    await available(prisma.code.deleteMany({ where: { hash: { in: own.map(({ hash }) => hash) } } }))
  }

  return {
    async list(subject, now) {
      const grants = await liveGrants({ subject }, now)
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
      await dropCodes(subject, clientId, now)
      for (;;) {
        const grants = await liveGrants({ subject, clientId }, now)
        if (grants.length === 0) return
        await grantStore.commit(grants.map(({ id }) => ({ do: 'revoke grant', grantId: id, at: now })))
      }
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
