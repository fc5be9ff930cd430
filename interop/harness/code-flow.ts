import { createHash, randomBytes } from 'node:crypto'
import { expect } from '@playwright/test'

/** `fetch` that adds a proof, and the access token where one is given; it answers a demand for a nonce by itself. */
export type SendWithProof = (url: string, init: RequestInit, accessToken?: string) => Promise<Response>

/** A registration at an authorization server, whoever wrote that. */
export interface Registration {
  readonly issuer: string
  readonly clientId: string
  /** For client_secret_basic; a public client has none. */
  readonly clientSecret?: string
  readonly redirectUri: string
  readonly scope: string
  /** Beside the usual parameters of the authorization request. */
  readonly parameters?: Readonly<Record<string, string>>
}

export interface CodeFlow {
  readonly tokens: Readonly<Record<string, string>>
  readonly metadata: Readonly<Record<string, string>>
  refresh(): Promise<Response>
}

/**
 * The code grant with nothing but `send`: discovery, PAR where it is offered, PKCE, the code. `signIn` takes the URL that a browser
 * would be sent to and gives the one that it came back to.
 */
export async function codeFlow(
  registration: Registration,
  send: SendWithProof,
  signIn: (url: URL) => Promise<URL>,
): Promise<CodeFlow> {
  const { issuer, clientId, clientSecret, redirectUri, scope, parameters = {} } = registration
  const metadata = await discover(issuer)
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const post = (url: string | undefined, fields: Record<string, string>) =>
    send(url ?? '', {
      method: 'POST',
      headers: clientSecret === undefined ? {} : { authorization: basic },
      body: new URLSearchParams({ client_id: clientId, ...fields }),
    })

  const codeVerifier = randomBytes(32).toString('base64url')
  const state = randomBytes(16).toString('base64url')
  const request = {
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...parameters,
  }
  const { pushed_authorization_request_endpoint: par } = metadata
  const query = par ? await expectJson(await post(par, request), 201) : request
  const url = new URL(metadata.authorization_endpoint ?? '')
  url.search = new URLSearchParams({ client_id: clientId, ...query }).toString()
  const answer = await signIn(url)
  expect(answer.href).toContain(redirectUri)
  expect(answer.searchParams.get('state')).toBe(state)

  const redeemed = await post(metadata.token_endpoint, {
    grant_type: 'authorization_code',
    code: answer.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  })
  const tokens = await expectJson(redeemed, 200)
  expect(tokens.token_type).toBe('DPoP')
  const refresh = () =>
    post(metadata.token_endpoint, { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' })
  return { tokens, metadata, refresh }
}

async function discover(issuer: string): Promise<Record<string, string>> {
  const metadata = await expectJson(await fetch(`${issuer}/.well-known/openid-configuration`), 200)
  expect(metadata.issuer).toBe(issuer)
  return metadata
}

async function expectJson(response: Response, status: number): Promise<Record<string, string>> {
  const text = await response.text()
  expect(response.status, text).toBe(status)
  return JSON.parse(text) as Record<string, string>
}
