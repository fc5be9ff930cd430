import type { AuthorizationServer } from '../authorization-server.ts'
import { type Client, isPublicClient } from '../client/client.ts'
import { rulesFor } from '../profile/rules-for.ts'
import type { CheckedProof } from '../proof-for.ts'
import { randomValue } from '../random-value.ts'
import { secretHash } from '../secret-hash.ts'
import type { DecidingWrite } from './deciding-write.ts'
import type { Grant } from './grant-store.ts'

/** @see OpenID Connect Core §11 */
export function mayRefresh(client: Client, scope: readonly string[]): boolean {
  return client.grant_types.includes('refresh_token') && scope.includes('offline_access')
}

/** RFC 9700 wants the tokens of public clients rotated, FAPI 2.0 those of confidential ones not: outside of it that is a setting of the client. */
export function rotates(server: AuthorizationServer, client: Client): boolean {
  return isPublicClient(client) || (client.rotate_refresh_tokens && rulesFor(server, client).rotation)
}

/**
 * A refresh token of this grant. Bound to the key of a public client; a confidential one is held by its authentication (RFC 9449 §5).
 * It ends when it is not used for a while, and with the grant at the latest: rotation never prolongs that.
 */
export function newRefreshToken(
  server: AuthorizationServer,
  client: Client,
  grant: Grant,
  scope: readonly string[],
  proof: CheckedProof | undefined,
  now: number,
): { readonly value: string; readonly hash: string; readonly insert: DecidingWrite } {
  const value = randomValue('rt_')
  const hash = secretHash(value)
  const idleEnd = rotates(server, client) ? now + server.lifetimes.refreshTokenIdle : grant.expiresAt
  const token = {
    hash,
    grantId: grant.id,
    ...(isPublicClient(client) && proof && { jkt: proof.jkt }),
    scope,
    issuedAt: now,
    expiresAt: Math.min(idleEnd, grant.expiresAt),
  }
  return { value, hash, insert: { write: { do: 'insert refresh token', token } } }
}
