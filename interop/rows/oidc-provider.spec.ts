import { createServer, type Server } from 'node:http'
import { createNonceCache, dpopFetch, generateKey } from '@keybound/dpop'
import { FormSession } from '@keybound/e2e/harness/form-session'
import { expect } from '@playwright/test'
import { decodeJwt, exportJWK, generateKeyPair } from 'jose'
import Provider from 'oidc-provider'
import { obtainWithOurClient } from '../harness/our-client.ts'
import { expectAccessWithItsKeyAlone, openOurResourceServer } from '../harness/our-resource-server.ts'
import { exercised, row, test } from '../harness/row.ts'
import { listen } from '../harness/tap.ts'
import { versionOf } from '../harness/version-of.ts'

const redirectUri = 'http://127.0.0.1:49154/callback'
const scope = 'openid offline_access'

test(
  'oidc-provider gives our client bound tokens, which our resource server accepts',
  row({
    product: 'oidc-provider',
    version: versionOf('oidc-provider'),
    role: 'authorization server',
  }),
  async () => {
    const server = createServer()
    const issuer = `http://127.0.0.1:${await listen(server)}`
    const ourApi = await openOurResourceServer(async (resource) => {
      server.on('request', (await provider(issuer, resource)).callback())
      return { issuer, jwksUri: `${issuer}/jwks`, scope: 'api:read' }
    })
    try {
      await readUserinfo(issuer)
      const parameters = { prompt: 'consent', resource: ourApi.url }
      const registration = { issuer, clientId: 'ours', redirectUri, scope: `${scope} api:read`, parameters }
      const ours = await obtainWithOurClient(registration, signIn)
      await expectAccessWithItsKeyAlone(ourApi, ours, 'alice')
      const refreshed = await ours.refresh()
      expect(await refreshed.json()).toMatchObject({ token_type: 'DPoP' })
      exercised('refresh')
    } finally {
      ourApi.close()
      await end(server)
    }
  },
)

/** A token for userinfo alone, which is opaque. */
async function readUserinfo(issuer: string): Promise<void> {
  const registration = { issuer, clientId: 'ours', redirectUri, scope, parameters: { prompt: 'consent' } }
  const { key, nonces, accessToken, tokens } = await obtainWithOurClient(registration, signIn)
  for (const step of ['discovery', 'PAR', 'code + PKCE', 'nonce required', 'bound token']) exercised(step)
  expect(decodeJwt(tokens.id_token ?? '').sub).toBe('alice')

  const userinfo = await dpopFetch(`${issuer}/me`, { key, nonces, accessToken })
  expect(await userinfo.json()).toEqual({ sub: 'alice' })
  exercised('userinfo')
  const thief = { key: await generateKey('ES256'), nonces: createNonceCache(), accessToken }
  expect((await dpopFetch(`${issuer}/me`, thief)).status).toBe(401)
}

/** With DPoP required of the client, a nonce required of every proof, and pushed requests. */
async function provider(issuer: string, resource: string): Promise<Provider> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwt = { sign: { alg: 'ES256' } }
  return new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: 'one' }] },
    clients: [
      {
        client_id: 'ours',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        id_token_signed_response_alg: 'ES256',
        dpop_bound_access_tokens: true,
      },
    ],
    features: {
      devInteractions: { enabled: true },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: () => ({
          scope: 'api:read',
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt,
        }),
        useGrantedResource: () => true,
      },
    },
    cookies: { keys: ['a cookie secret for one test'] },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
  })
}

async function signIn(url: URL): Promise<URL> {
  const person = new FormSession(url.origin)
  const login = await person.open(url)
  const consent = await person.submit(login, { login: 'alice', password: 'any' })
  return (await person.submit(consent, {})).url
}

async function end(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
}
