import { testKeys } from '@keybound/testkit'
import { type Client, secretHash } from '../src/index.ts'

export const api = 'https://api.example/api/profile'
export const otherApi = 'https://api.example/api/orders'

/** Made to need form-encoding in a Basic header. */
export const secret = 'pa%ss+w:rd ü'

const everyScope = 'openid profile profile:write offline_access'

function client(id: string, change: Partial<Client>): Client {
  return {
    client_id: id,
    client_name: id,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`https://${id}.example/callback`],
    post_logout_redirect_uris: [`https://${id}.example/`],
    scope: everyScope,
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: false,
    rotate_refresh_tokens: false,
    introspects: [],
    ...change,
  }
}

const keyPair = (kid: string, name: 'ES256' | 'otherES256') => ({
  token_endpoint_auth_method: 'private_key_jwt' as const,
  jwks: { keys: [{ ...testKeys[name].publicJwk, kid, use: 'sig' }] },
})

export const clients = {
  /** Confidential, private_key_jwt. */
  web: client('web', keyPair('web-key', 'ES256')),
  /** Public, in a browser. */
  playground: client('playground', {}),
  /** Public, native: any port of the loopback address. */
  cli: client('cli', { redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'] }),
  /** For itself only. */
  service: client('service', {
    ...keyPair('service-key', 'otherES256'),
    grant_types: ['client_credentials'],
    redirect_uris: [],
    scope: 'profile',
  }),
  /** A resource server. */
  'resource-api': client('resource-api', {
    token_endpoint_auth_method: 'client_secret_basic',
    client_secret_hash: secretHash(secret),
    grant_types: [],
    redirect_uris: [],
    scope: '',
    dpop_bound_access_tokens: false,
    introspects: [api],
  }),
  /** Confidential, no proof demanded, rotating, a redirect URI with a query. */
  shop: client('shop', {
    token_endpoint_auth_method: 'client_secret_post',
    client_secret_hash: secretHash(secret),
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    redirect_uris: ['https://shop.example/callback?shop=1'],
    dpop_bound_access_tokens: false,
    rotate_refresh_tokens: true,
  }),
  /** Public, no proof demanded. */
  loose: client('loose', { dpop_bound_access_tokens: false }),
  /** Has to push. */
  pushing: client('pushing', { require_pushed_authorization_requests: true }),
} as const

export type ClientName = keyof typeof clients
