import {
  type AuthorizationServer,
  approve,
  beginAuthorization,
  type Client,
  createAuthorizationServer,
  jwks,
  nextStep,
  pushedAuthorizationRequest,
  secretHash,
  tokenRequest,
} from '@keybound/authorization-server'
import { createNonces, type Signer, signerFromJwk } from '@keybound/dpop'
import { OAuthError, resourceErrorResponse } from '@keybound/oauth'
import { localKeys, type ProtectResource, protectResource } from '@keybound/resource-server'
import type { Stores } from '@keybound/stores/memory'
import { testKeys } from '@keybound/testkit'
import { type Answer, alice, type RacePlatform, type Sendable } from './race-platform.ts'

const issuer = 'https://as.example'
const resource = 'https://api.example/api/profile'
const replicas = 3
const browser = secretHash('the cookie of this browser')

function client(id: string, change: Partial<Client>): Client {
  return {
    client_id: id,
    client_name: id,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [`https://${id}.example/callback`],
    post_logout_redirect_uris: [],
    scope: 'profile offline_access',
    dpop_bound_access_tokens: true,
    require_pushed_authorization_requests: false,
    rotate_refresh_tokens: true,
    introspects: [],
    ...change,
  }
}

const signs = {
  token_endpoint_auth_method: 'private_key_jwt' as const,
  jwks: { keys: [testKeys.ES256.publicJwk] },
}

/** The clients of the demo, as far as races need them. */
export const clients: readonly Client[] = [
  client('cli', {}),
  client('web', signs),
  client('service', { ...signs, grant_types: ['client_credentials'], redirect_uris: [], scope: 'profile' }),
]

/** Three auth-servers and APIs in this process, each with caches of its own, over the same stores, which have `clients`. */
export async function inProcessPlatform(stores: Stores): Promise<RacePlatform> {
  const key = testKeys.ES256
  const signer = await signerFromJwk(key.privateJwk)
  const servers = Array.from({ length: replicas }, () => openReplica(stores, signer))
  return {
    issuer,
    resource,
    replicas,
    stores,
    key: signer,
    assertionKeys: { web: key.privateJwk, service: key.privateJwk },
    redirectUris: { cli: 'https://cli.example/callback', web: 'https://web.example/callback' },
    cookies: '',
    async send(replica, sendable) {
      const { server, protect } = servers[replica % replicas] as (typeof servers)[number]
      return answerOf(await respond(server, protect, sendable))
    },
  }
}

function openReplica(stores: Stores, { jkt: kid, sign, publicJwk }: Signer) {
  const clock = () => Date.now() / 1000
  const server = createAuthorizationServer({
    ...stores,
    issuer,
    clock,
    signingKeys: {
      active: async (purpose) => ({ kid, alg: 'ES256', purpose, sign }),
      publicKeys: async () => [{ ...publicJwk, kid, alg: 'ES256' }],
    },
    nonces: createNonces({ secret: 'the nonce secret of all auth-servers' }),
    resources: [{ identifier: resource, scopes: ['profile'] }],
    findClaims: async () => undefined,
  })
  const protect = protectResource({
    resource,
    issuer,
    clock,
    keys: localKeys(() => jwks(server)),
    ledger: stores.ledger,
    ledgerName: 'resource-api',
    nonces: createNonces({ secret: 'the nonce secret of all APIs, another' }),
  })
  return { server, protect }
}

async function respond(
  server: AuthorizationServer,
  protect: ProtectResource,
  { to, method, path, headers, form }: Sendable,
): Promise<Response> {
  const body = form && new URLSearchParams(form).toString()
  const type = form && { 'content-type': 'application/x-www-form-urlencoded' }
  const base = to === 'auth-server' ? issuer : new URL(resource).origin
  const request = new Request(base + path, {
    method,
    headers: { ...headers, ...type },
    ...(body && { body }),
  })
  if (path === '/token') return tokenRequest(server, request)
  if (path === '/par') return pushedAuthorizationRequest(server, request)
  if (to === 'auth-server') return authorize(server, request)
  try {
    await protect(request, { scope: 'profile' })
    return new Response('the profile')
  } catch (error) {
    const nonce = error instanceof OAuthError && error.code === 'use_dpop_nonce'
    const given = nonce
      ? await createNonces({ secret: 'the nonce secret of all APIs, another' }).issue(Date.now() / 1000)
      : undefined
    return resourceErrorResponse(error, { algs: ['ES256'], nonce: given })
  }
}

/** Alice is signed in, and agrees wherever she is asked. */
async function authorize(server: AuthorizationServer, request: Request): Promise<Response> {
  try {
    const beginning = await beginAuthorization(server, request, browser)
    if (beginning.next !== 'step') return new Response(beginning.next, { status: 400 })
    const session = { id: 'a session', subject: alice, authTime: Math.floor(server.clock()) }
    const step = await nextStep(server, beginning.transaction, session)
    if (step.next === 'answer') return step.response
    return await approve(server, step.transaction, session)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    return new Response(error.description, { status: error.code === 'temporarily_unavailable' ? 503 : 400 })
  }
}

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, text: await response.text() }
}
