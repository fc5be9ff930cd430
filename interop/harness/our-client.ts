import { createHash, randomBytes } from 'node:crypto'
import { createNonceCache, dpopFetch, generateKey, type NonceCache, type Signer } from '@keybound/dpop'
import { expect } from '@playwright/test'

/** A registration of ours at an authorization server, whoever wrote that. */
export interface Registration {
  readonly issuer: string
  readonly clientId: string
  /** For client_secret_basic; a public client has none. */
  readonly clientSecret?: string
  readonly redirectUri: string
  readonly scope: string
  /** Beside the usual parameters of the authorization request. */
  readonly parameters?: Readonly<Record<string, string>>
  /** Made anew by default. */
  readonly key?: Signer
  /** The key of the proof at the token endpoint, where it is another than that of the authorization request. */
  readonly otherKey?: Signer
}

export interface OurTokens {
  readonly key: Signer
  readonly nonces: NonceCache
  readonly accessToken: string
  readonly tokens: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, string>>
  /** A form post to this server, with a proof. */
  post(url: string, fields: Record<string, string>): Promise<Response>
}

/**
 * The code grant with @keybound/dpop and fetch: discovery, PAR where it is offered, `dpop_jkt`, PKCE, the code. `signIn` takes the URL that a browser
 * would be sent to and gives the one that it came back to.
 */
export async function obtainWithOurClient(
  registration: Registration,
  signIn: (url: URL) => Promise<URL>,
): Promise<OurTokens> {
  const { issuer, clientId, clientSecret, redirectUri, scope, parameters = {}, otherKey } = registration
  const metadata = await discover(issuer)
  let key = registration.key ?? (await generateKey('ES256'))
  const nonces = createNonceCache()
  const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`
  const post = (url: string, fields: Record<string, string>) =>
    dpopFetch(url, {
      key,
      nonces,
      init: {
        method: 'POST',
        headers: clientSecret === undefined ? {} : { authorization: basic },
        body: new URLSearchParams({ client_id: clientId, ...fields }),
      },
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
    dpop_jkt: key.jkt,
    ...parameters,
  }
  const { authorization_endpoint = '', pushed_authorization_request_endpoint: par } = metadata
  const url = new URL(authorization_endpoint)
  const query = par ? await push(() => post(par, request)) : request
  url.search = new URLSearchParams({ client_id: clientId, ...query }).toString()
  const answer = await signIn(url)
  expect(answer.href).toContain(redirectUri)
  expect(answer.searchParams.get('state')).toBe(state)

  key = otherKey ?? key
  const redeemed = await post(metadata.token_endpoint ?? '', {
    grant_type: 'authorization_code',
    code: answer.searchParams.get('code') ?? '',
    redirect_uri: redirectUri,
    code_verifier: codeVerifier,
  })
  expect(redeemed.status, await redeemed.clone().text()).toBe(200)
  const tokens = (await redeemed.json()) as Record<string, string>
  expect(tokens.token_type).toBe('DPoP')
  return { key, nonces, accessToken: tokens.access_token ?? '', tokens, metadata, post }
}

async function push(send: () => Promise<Response>): Promise<Record<string, string>> {
  const pushed = await send()
  expect(pushed.status, await pushed.clone().text()).toBe(201)
  const { request_uri } = (await pushed.json()) as { request_uri: string }
  return { request_uri }
}

async function discover(issuer: string): Promise<Record<string, string>> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`)
  const metadata = (await response.json()) as Record<string, string>
  expect(metadata.issuer).toBe(issuer)
  return metadata
}
