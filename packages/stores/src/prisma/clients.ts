import type { Client, SecurityProfile } from '@keybound/authorization-server'
import { Prisma } from '@keybound/prisma'
import { answered } from '../unavailable.ts'
import type { Database } from './database.ts'

/** One statement. Throws OAuthError temporarily_unavailable when the store cannot answer. */
export async function saveClient({ prisma }: Pick<Database, 'prisma'>, client: Client): Promise<void> {
  const row = rowOf(client)
  await answered(prisma.client.upsert({ where: { clientId: client.client_id }, create: row, update: row }))
}

/** The columns have the names of the members; lists and keys are JSON, booleans 0 or 1. */
export type ClientRow = {
  readonly client_id: string
  readonly client_name: string
  readonly token_endpoint_auth_method: Client['token_endpoint_auth_method']
  readonly grant_types: string
  readonly redirect_uris: string
  readonly post_logout_redirect_uris: string
  readonly scope: string
  readonly jwks: string | null
  readonly client_secret_hash: string | null
  readonly dpop_bound_access_tokens: number
  readonly require_pushed_authorization_requests: number
  readonly rotate_refresh_tokens: number
  readonly introspects: string
  readonly jwks_uri: string | null
  readonly access_token_format: 'jwt' | 'opaque' | null
  readonly security_profile: SecurityProfile | null
  readonly registration_access_token_hash: string | null
  readonly client_id_issued_at: number | null
}

/** The client of a row. Where there is no row the work is the same, so that time tells nobody which clients there are. */
export function foundClient(row: ClientRow | undefined): Client | undefined {
  const client = clientOf(row ?? nobody)
  return row && client
}

const nobody: ClientRow = {
  client_id: '',
  client_name: '',
  token_endpoint_auth_method: 'private_key_jwt',
  grant_types: '["authorization_code","refresh_token"]',
  redirect_uris: '["https://client.example.com/callback"]',
  post_logout_redirect_uris: '[]',
  scope: '',
  jwks: JSON.stringify({
    keys: [{ kty: 'EC', crv: 'P-256', x: 'x'.repeat(43), y: 'y'.repeat(43), kid: 'k' }],
  }),
  client_secret_hash: null,
  dpop_bound_access_tokens: 1,
  require_pushed_authorization_requests: 0,
  rotate_refresh_tokens: 0,
  introspects: '[]',
  jwks_uri: null,
  access_token_format: null,
  security_profile: null,
  registration_access_token_hash: null,
  client_id_issued_at: null,
}

function clientOf(row: ClientRow): Client {
  return {
    client_id: row.client_id,
    client_name: row.client_name,
    token_endpoint_auth_method: row.token_endpoint_auth_method,
    grant_types: JSON.parse(row.grant_types),
    redirect_uris: JSON.parse(row.redirect_uris),
    post_logout_redirect_uris: JSON.parse(row.post_logout_redirect_uris),
    scope: row.scope,
    ...(row.jwks !== null && { jwks: JSON.parse(row.jwks) }),
    ...(row.client_secret_hash !== null && { client_secret_hash: row.client_secret_hash }),
    dpop_bound_access_tokens: row.dpop_bound_access_tokens === 1,
    require_pushed_authorization_requests: row.require_pushed_authorization_requests === 1,
    rotate_refresh_tokens: row.rotate_refresh_tokens === 1,
    introspects: JSON.parse(row.introspects),
    ...(row.access_token_format !== null && { access_token_format: row.access_token_format }),
    ...(row.security_profile !== null && { security_profile: row.security_profile }),
    ...(row.jwks_uri !== null && { jwks_uri: row.jwks_uri }),
    ...(row.registration_access_token_hash !== null && {
      registration_access_token_hash: row.registration_access_token_hash,
    }),
    ...(row.client_id_issued_at !== null && { client_id_issued_at: row.client_id_issued_at }),
  }
}

export function rowOf(client: Client): Prisma.ClientCreateInput {
  return {
    clientId: client.client_id,
    clientName: client.client_name,
    tokenEndpointAuthMethod: client.token_endpoint_auth_method,
    grantTypes: [...client.grant_types],
    redirectUris: [...client.redirect_uris],
    postLogoutRedirectUris: [...client.post_logout_redirect_uris],
    scope: client.scope,
    jwks: client.jwks ? (client.jwks as unknown as Prisma.InputJsonObject) : Prisma.DbNull,
    clientSecretHash: client.client_secret_hash ?? null,
    dpopBoundAccessTokens: client.dpop_bound_access_tokens,
    requirePushedAuthorizationRequests: client.require_pushed_authorization_requests,
    rotateRefreshTokens: client.rotate_refresh_tokens,
    introspects: [...client.introspects],
    jwksUri: client.jwks_uri ?? null,
    accessTokenFormat: client.access_token_format ?? null,
    securityProfile: client.security_profile ?? null,
    registrationAccessTokenHash: client.registration_access_token_hash ?? null,
    clientIdIssuedAt: client.client_id_issued_at ?? null,
  }
}
