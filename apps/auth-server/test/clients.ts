import { createHash } from 'node:crypto'
import type { Client } from '@keybound/authorization-server'
import { testKeys } from '@keybound/testkit'

/** Of alice and bob. */
export const password = 'keybound-demo'

export const apiSecret = 'the-secret-of-the-api-0123456789abcdef'

const common = {
  dpop_bound_access_tokens: true,
  require_pushed_authorization_requests: false,
  rotate_refresh_tokens: false,
  post_logout_redirect_uris: [],
  introspects: [],
} as const

const scope = 'openid profile profile:write offline_access'

/** The clients of the demo, as design.md lists them. */
export const clients: readonly Client[] = [
  {
    ...common,
    client_id: 'web',
    client_name: 'Keybound web',
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: ['http://localhost:3000/api/auth/callback/keybound'],
    post_logout_redirect_uris: ['http://localhost:3000/'],
    scope,
    jwks: { keys: [testKeys.ES256.publicJwk] },
  },
  {
    ...common,
    client_id: 'playground',
    client_name: 'Playground',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: ['http://localhost:3000/playground/callback'],
    scope,
  },
  {
    ...common,
    client_id: 'cli',
    client_name: 'Command line',
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: ['http://127.0.0.1/callback'],
    scope,
  },
  {
    ...common,
    client_id: 'resource-api',
    client_name: 'Resource API',
    token_endpoint_auth_method: 'client_secret_basic',
    client_secret_hash: createHash('sha256').update(apiSecret).digest('base64url'),
    grant_types: [],
    redirect_uris: [],
    scope: '',
    introspects: ['http://localhost:4001/api/profile'],
  },
]
