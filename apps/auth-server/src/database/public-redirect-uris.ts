import type { Database } from '../dependencies.ts'
import { available } from './available.ts'

/** The redirect URIs of all clients without credentials of their own. */
export async function publicRedirectUris({ prisma }: Database): Promise<readonly string[]> {
  const where = { tokenEndpointAuthMethod: 'none' }
  const rows = await available(prisma.client.findMany({ where, select: { redirectUris: true } }))
  return rows.flatMap(({ redirectUris }) => redirectUris as string[])
}
