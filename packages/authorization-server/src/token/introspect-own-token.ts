import type { AuthorizationServer } from '../authorization-server.ts'
import { secretHash } from '../secret-hash.ts'
import { type OwnAccessToken, readOwnAccessToken } from './read-own-token.ts'

/** The body of an introspection answer. @see RFC 7662 §2.2 */
export type Introspection =
  | { readonly active: false }
  | ({ readonly active: true } & Readonly<Record<string, unknown>>)

/**
 * What this server says of an access token: every claim save our private one, or that it is not active.
 * Does not check: who asks; `isFor` says which tokens the caller may know of.
 * @see RFC 7662 §2.2 · RFC 9449 §6.2
 */
export async function introspectOwnToken(
  server: AuthorizationServer,
  token: string,
  isFor: (audience: readonly string[]) => boolean,
): Promise<Introspection> {
  const own = await readOwnAccessToken(server, token)
  if (!own || !isFor(own.audience) || !(await isLive(server, own))) return { active: false }
  const { grant_id: _, ...shown } = own.claims
  return { active: true, ...shown, token_type: shown.cnf === undefined ? 'Bearer' : 'DPoP' }
}

async function isLive(
  server: AuthorizationServer,
  { clientId, expiresAt, jti, grantId }: OwnAccessToken,
): Promise<boolean> {
  if (expiresAt <= server.clock()) return false
  // A client that is gone leaves no live token behind, its own ones (client credentials) included.
  if (!(await server.clients.find(clientId))) return false
  return !(await server.revocations.isRevoked({
    jtiHash: secretHash(jti),
    ...(grantId !== undefined && { grantId }),
  }))
}
