import { createHash } from 'node:crypto'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { type Adapter } from 'oidc-provider'
import {
  API,
  CLIENT_SECRET,
  CONFIDENTIAL_CLIENT,
  type GrantType,
  ISSUER,
  PUBLIC_CLIENT,
  REDIRECT_URI,
  SCOPE,
  type TokenServer,
  VERIFIER,
} from './token-server.ts'

const { privateKey } = await generateKeyPair('ES256', { extractable: true })
const signingKey = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig' }

/** oidc-provider set up to do the same work: JWT access tokens for one API, PKCE, DPoP with its replay check, rotation for the public client. */
export function oidcProvider(adapter: (model: string) => Adapter): TokenServer {
  const provider = new Provider(ISSUER, {
    adapter,
    clients: [
      {
        client_id: PUBLIC_CLIENT,
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code', 'refresh_token'],
        dpop_bound_access_tokens: true,
      },
      {
        client_id: CONFIDENTIAL_CLIENT,
        client_secret: CLIENT_SECRET,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
        dpop_bound_access_tokens: true,
      },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    scopes: ['openid', 'offline_access', 'profile'],
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: true },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'profile',
          audience: API,
          accessTokenFormat: 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
    issueRefreshToken: () => true,
    rotateRefreshToken: () => true,
    pkce: { required: () => true },
    ttl: {
      AuthorizationCode: 3600,
      RefreshToken: 3600,
      Grant: 3600,
      AccessToken: 300,
      ClientCredentials: 300,
    },
    cookies: { keys: ['a cookie secret of the benchmark'] },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
    jwks: { keys: [signingKey] },
  })
  return {
    listener: provider.callback(),
    issue: (grant, jkts) => Promise.all(jkts.map((jkt) => issue(provider, grant, jkt))),
  }
}

async function issue(provider: Provider, grantType: GrantType, jkt: string): Promise<string> {
  const client = await provider.Client.find(PUBLIC_CLIENT)
  const grant = new provider.Grant({ accountId: 'alice', clientId: PUBLIC_CLIENT })
  grant.addOIDCScope('offline_access')
  grant.addResourceScope(API, 'profile')
  const common = {
    client,
    accountId: 'alice',
    grantId: await grant.save(),
    scope: SCOPE,
    resource: API,
    authTime: Math.floor(Date.now() / 1000),
  }
  if (grantType === 'refresh_token') {
    return new provider.RefreshToken({ ...common, gty: 'authorization_code', rotations: 0, jkt }).save()
  }
  return new provider.AuthorizationCode({
    ...common,
    redirectUri: REDIRECT_URI,
    codeChallenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    codeChallengeMethod: 'S256',
  }).save()
}
