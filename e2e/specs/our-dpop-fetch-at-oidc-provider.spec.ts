import { createHash } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createNonceCache, dpopFetch, generateKey } from '@keybound/dpop'
import { expect, test } from '@playwright/test'
import { decodeJwt } from 'jose'
import Provider from 'oidc-provider'
import { FormSession } from '../harness/form-session.ts'

const redirectUri = 'http://127.0.0.1:49154/callback'
const codeVerifier = 'a-verifier-of-this-test-that-is-long-enough-0123456789'
const codeChallenge = createHash('sha256').update(codeVerifier).digest('base64url')

let server: Server
let issuer: string

/** oidc-provider with DPoP required of the client, a nonce required of every proof, and pushed requests. */
test.beforeAll(async () => {
  server = createServer()
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'ours',
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        redirect_uris: [redirectUri],
        grant_types: ['authorization_code', 'refresh_token'],
        dpop_bound_access_tokens: true,
      },
    ],
    features: {
      devInteractions: { enabled: true },
      dPoP: { enabled: true, nonceSecret: Buffer.alloc(32, 7), requireNonce: () => true },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
    },
    cookies: { keys: ['a cookie secret for one test'] },
    findAccount: (_: unknown, sub: string) => ({ accountId: sub, claims: () => ({ sub }) }),
  })
  server.on('request', provider.callback())
})

test.afterAll(async () => {
  server.closeAllConnections()
  await new Promise((closed) => server.close(closed))
})

test('our dpopFetch gets a bound token from oidc-provider and reads userinfo with it', async () => {
  const key = await generateKey('ES256')
  const nonces = createNonceCache()
  const send = (path: string, fields: Record<string, string>) =>
    dpopFetch(
      new Request(issuer + path, {
        method: 'POST',
        body: new URLSearchParams({ client_id: 'ours', ...fields }),
      }),
      { key, nonces },
    )

  const pushed = await send('/request', {
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid offline_access',
    prompt: 'consent',
    code_challenge: codeChallenge,
    code_challenge_method: 'S256',
  })
  expect(pushed.status, await pushed.clone().text()).toBe(201)
  const { request_uri } = (await pushed.json()) as { request_uri: string }

  const person = new FormSession(issuer)
  const login = await person.open(`${issuer}/auth?${new URLSearchParams({ client_id: 'ours', request_uri })}`)
  const consent = await person.submit(login, { login: 'alice', password: 'any' })
  const answer = await person.submit(consent, {})
  expect(answer.url.href).toContain(redirectUri)

  const redeemed = await send('/token', {
    grant_type: 'authorization_code',
    code: answer.url.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  })
  expect(redeemed.status, await redeemed.clone().text()).toBe(200)
  const tokens = (await redeemed.json()) as Record<string, string>
  expect(tokens).toMatchObject({ token_type: 'DPoP' })
  expect(decodeJwt(tokens.id_token ?? '').sub).toBe('alice')

  const userinfo = await dpopFetch(`${issuer}/me`, { key, nonces, accessToken: tokens.access_token ?? '' })
  expect(userinfo.status).toBe(200)
  expect(await userinfo.json()).toEqual({ sub: 'alice' })

  const thief = await dpopFetch(`${issuer}/me`, {
    key: await generateKey('ES256'),
    nonces,
    accessToken: tokens.access_token ?? '',
  })
  expect(thief.status).toBe(401)
})
