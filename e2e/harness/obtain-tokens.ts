import * as oauth from 'oauth4webapi'
import { signInAndAllow } from './form-session.ts'
import type { Platform } from './platform.ts'

/** Tokens that somebody else's client has obtained, with all it needs to use them. */
export interface Obtained {
  readonly as: oauth.AuthorizationServer
  readonly client: oauth.Client
  readonly dpop: oauth.DPoPHandle
  readonly keyPair: CryptoKeyPair
  readonly tokens: oauth.TokenEndpointResponse
  readonly claims: oauth.IDToken
}

const insecure = { [oauth.allowInsecureRequests]: true }
const client: oauth.Client = { client_id: 'cli' }

/** The whole flow with oauth4webapi: discovery, PAR, forms, code, ID token. Everything it can check, it checks. */
export async function obtainTokens(
  platform: Pick<Platform, 'issuer' | 'password'>,
  scope = 'openid profile offline_access',
): Promise<Obtained> {
  const issuer = new URL(platform.issuer)
  const as = await oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure }),
  )
  const keyPair = await oauth.generateKeyPair('ES256')
  const dpop = oauth.DPoP(client, keyPair)
  const redirectUri = 'http://127.0.0.1:49153/callback'
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const nonce = oauth.generateRandomNonce()

  const pushed = await withNonce(async () => {
    const parameters = new URLSearchParams({
      response_type: 'code',
      redirect_uri: redirectUri,
      scope,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const response = await oauth.pushedAuthorizationRequest(as, client, oauth.None(), parameters, {
      DPoP: dpop,
      ...insecure,
    })
    return oauth.processPushedAuthorizationResponse(as, client, response)
  })
  const url = new URL(as.authorization_endpoint ?? '')
  url.search = new URLSearchParams({
    client_id: client.client_id,
    request_uri: pushed.request_uri,
  }).toString()
  const parameters = oauth.validateAuthResponse(
    as,
    client,
    await signInAndAllow(url, platform.password),
    state,
  )

  const tokens = await withNonce(async () => {
    const options = { DPoP: dpop, ...insecure }
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      oauth.None(),
      parameters,
      redirectUri,
      verifier,
      options,
    )
    const result = await oauth.processAuthorizationCodeResponse(as, client, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(as, response, insecure)
    return result
  })
  const claims = oauth.getValidatedIdTokenClaims(tokens)
  if (claims === undefined) throw new Error('No ID token came')
  return { as, client, dpop, keyPair, tokens, claims }
}

/** oauth4webapi learns the nonce and leaves the second try to its caller. */
export async function withNonce<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (oauth.isDPoPNonceError(error)) return work()
    throw error
  }
}

/** A request to a protected resource with the obtained token and key. */
export async function readWith({ tokens, dpop }: Obtained, url: string, method = 'GET'): Promise<Response> {
  const options = { DPoP: dpop, ...insecure }
  const send = () =>
    oauth.protectedResourceRequest(tokens.access_token, method, new URL(url), undefined, undefined, options)
  return withNonce(send)
}
