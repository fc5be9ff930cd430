import { createHash } from 'node:crypto'
import type { JWK } from 'jose'
import { Prisma } from '../../generated/sqlite/client.ts'
import type { Settings } from './settings.ts'

const everything = 'openid profile profile:write offline_access'

/** The table of clients: design.md, "The demo's fixed points". */
export function demoClients(
  { webUrl, apiUrl }: Settings,
  keys: { readonly web: JWK; readonly service: JWK },
  apiClientSecret: string,
): readonly Prisma.ClientCreateInput[] {
  return [
    {
      ...client('web', 'Keybound web app'),
      tokenEndpointAuthMethod: 'private_key_jwt',
      jwks: jwks(keys.web),
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [`${webUrl}/api/auth/callback/keybound`],
      postLogoutRedirectUris: [`${webUrl}/`],
      scope: everything,
      rotateRefreshTokens: false,
      // For the playground, a page, which can have no client authentication of its own.
      introspects: [`${apiUrl}/api/profile`],
    },
    {
      ...client('playground', 'Keybound playground'),
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: [`${webUrl}/playground/callback`],
      postLogoutRedirectUris: [`${webUrl}/playground`],
      scope: everything,
    },
    {
      ...client('cli', 'Keybound command line'),
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/callback'],
      scope: everything,
    },
    {
      ...client('service', 'Keybound service'),
      tokenEndpointAuthMethod: 'private_key_jwt',
      jwks: jwks(keys.service),
      grantTypes: ['client_credentials'],
      scope: 'profile',
    },
    {
      ...client('resource-api', 'Keybound resource API'),
      tokenEndpointAuthMethod: 'client_secret_basic',
      clientSecretHash: createHash('sha256').update(apiClientSecret).digest('base64url'),
      dpopBoundAccessTokens: false,
      introspects: [`${apiUrl}/api/profile`],
    },
  ]
}

function client(clientId: string, clientName: string): Prisma.ClientCreateInput {
  return {
    clientId,
    clientName,
    tokenEndpointAuthMethod: 'none',
    grantTypes: [],
    redirectUris: [],
    postLogoutRedirectUris: [],
    scope: '',
    jwks: Prisma.DbNull,
    clientSecretHash: null,
    dpopBoundAccessTokens: true,
    requirePushedAuthorizationRequests: false,
    rotateRefreshTokens: true,
    introspects: [],
  }
}

function jwks(key: JWK): Prisma.InputJsonObject {
  return { keys: [key as Prisma.InputJsonObject] }
}
