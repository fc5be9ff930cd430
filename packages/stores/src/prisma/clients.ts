import type { Client, Clients } from '@keybound/authorization-server'
import { Prisma } from '@keybound/prisma'
import type { Database } from './open-database.ts'
import { answered } from './unavailable.ts'

type ClientRow = Prisma.ClientGetPayload<object>

export function prismaClients({ prisma }: Database): Clients {
  return {
    async find(clientId) {
      const row = await answered(prisma.client.findUnique({ where: { clientId } }))
      return row ? clientOf(row) : undefined
    },
  }
}

/** One statement. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export async function saveClient({ prisma }: Database, client: Client): Promise<void> {
  const row = rowOf(client)
  await answered(prisma.client.upsert({ where: { clientId: client.client_id }, create: row, update: row }))
}

function clientOf(row: ClientRow): Client {
  return {
    client_id: row.clientId,
    client_name: row.clientName,
    token_endpoint_auth_method: row.tokenEndpointAuthMethod as Client['token_endpoint_auth_method'],
    grant_types: row.grantTypes as unknown as Client['grant_types'],
    redirect_uris: row.redirectUris as unknown as Client['redirect_uris'],
    post_logout_redirect_uris: row.postLogoutRedirectUris as unknown as Client['post_logout_redirect_uris'],
    scope: row.scope,
    ...(row.jwks !== null && { jwks: row.jwks as unknown as NonNullable<Client['jwks']> }),
    ...(row.clientSecretHash !== null && { client_secret_hash: row.clientSecretHash }),
    dpop_bound_access_tokens: row.dpopBoundAccessTokens,
    require_pushed_authorization_requests: row.requirePushedAuthorizationRequests,
    rotate_refresh_tokens: row.rotateRefreshTokens,
    introspects: row.introspects as unknown as Client['introspects'],
  }
}

function rowOf(client: Client): Prisma.ClientCreateInput {
  return {
    clientId: client.client_id,
    clientName: client.client_name,
    tokenEndpointAuthMethod: client.token_endpoint_auth_method,
    grantTypes: json(client.grant_types),
    redirectUris: json(client.redirect_uris),
    postLogoutRedirectUris: json(client.post_logout_redirect_uris),
    scope: client.scope,
    jwks: client.jwks ? json(client.jwks) : Prisma.DbNull,
    clientSecretHash: client.client_secret_hash ?? null,
    dpopBoundAccessTokens: client.dpop_bound_access_tokens,
    requirePushedAuthorizationRequests: client.require_pushed_authorization_requests,
    rotateRefreshTokens: client.rotate_refresh_tokens,
    introspects: json(client.introspects),
  }
}

function json(value: unknown): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue
}
