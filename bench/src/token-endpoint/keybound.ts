import { getRequestListener } from '@hono/node-server'
import {
  type Client,
  createAuthorizationServer,
  type SigningKeys,
  secretHash,
  tokenRequest,
  type Write,
} from '@keybound/authorization-server'
import { generateKey, type Jkt } from '@keybound/dpop'
import { systemClock } from '@keybound/oauth'
import type { Stores } from '@keybound/stores/memory'
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

/** The token endpoint over these stores, on node:http by the same adapter as in the auth-server, without its front door, log and metrics. */
export async function keybound(stores: Stores): Promise<TokenServer> {
  for (const client of CLIENTS) await stores.saveClient(client)
  const server = createAuthorizationServer({
    ...stores,
    issuer: ISSUER,
    clock: systemClock,
    signingKeys: await oneKey(),
    resources: [{ identifier: API, scopes: ['profile'] }],
    findClaims: async () => ({}),
  })
  return {
    listener: getRequestListener((request) => tokenRequest(server, request)),
    async issue(grant, jkts) {
      const made = jkts.map((jkt, i) => issued(grant, jkt as Jkt, `${grant}-${i}-${crypto.randomUUID()}`))
      await stores.grantStore.commit(made.flatMap(({ writes }) => writes))
      return made.map(({ value }) => value)
    },
  }
}

function issued(grant: GrantType, jkt: Jkt, value: string): { value: string; writes: readonly Write[] } {
  const now = systemClock()
  const request = {
    clientId: PUBLIC_CLIENT,
    redirectUri: REDIRECT_URI,
    responseMode: 'query',
    scope: SCOPE.split(' '),
    resources: [API],
    codeChallenge: secretHash(VERIFIER),
    prompt: [],
  } as const
  const of = { subject: 'alice', authTime: now, expiresAt: now + 3600 }
  if (grant === 'authorization_code') {
    return { value, writes: [{ do: 'insert code', code: { hash: secretHash(value), request, ...of } }] }
  }
  const { clientId, scope, resources } = request
  const id = `grant-${value}`
  const token = { hash: secretHash(value), grantId: id, jkt, scope, issuedAt: now, expiresAt: now + 3600 }
  return {
    value,
    writes: [
      { do: 'insert grant', grant: { id, clientId, scope, resources, jkt, createdAt: now, ...of } },
      { do: 'insert refresh token', token },
    ],
  }
}

async function oneKey(): Promise<SigningKeys> {
  const { sign } = await generateKey('ES256')
  return {
    active: async (purpose) => ({ kid: 'bench', alg: 'ES256', purpose, sign }),
    publicKeys: async () => [],
  }
}

const common = {
  client_name: 'bench',
  post_logout_redirect_uris: [],
  dpop_bound_access_tokens: true,
  require_pushed_authorization_requests: false,
  rotate_refresh_tokens: false,
  introspects: [],
}

const CLIENTS: readonly Client[] = [
  {
    ...common,
    client_id: PUBLIC_CLIENT,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [REDIRECT_URI],
    scope: SCOPE,
  },
  {
    ...common,
    client_id: CONFIDENTIAL_CLIENT,
    token_endpoint_auth_method: 'client_secret_post',
    client_secret_hash: secretHash(CLIENT_SECRET),
    grant_types: ['client_credentials'],
    redirect_uris: [],
    scope: 'profile',
  },
]
