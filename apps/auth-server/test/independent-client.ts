import * as oauth from 'oauth4webapi'
import { Browser, left, type Served, shown } from './browser.ts'
import { password } from './clients.ts'

/** The public client `playground` made of oauth4webapi, which shares no code with us. */
export async function independentClient(app: Served) {
  const sent: { readonly url: string; readonly status: number }[] = []
  const options = {
    [oauth.allowInsecureRequests]: true,
    async [oauth.customFetch](url: string, init: object) {
      const response = await app.send(url, init)
      sent.push({ url, status: response.status })
      return response
    },
  }
  const issuer = new URL(app.issuer)
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options })
  const as = await oauth.processDiscoveryResponse(issuer, discovered)
  const client: oauth.Client = { client_id: 'playground' }
  const keyPair = await oauth.generateKeyPair('ES256')
  const dpop = oauth.DPoP(client, keyPair)
  return {
    as,
    client,
    dpop,
    keyPair,
    options,
    sent,
    redirectUri: 'http://localhost:3000/playground/callback',
  }
}

export type IndependentClient = Awaited<ReturnType<typeof independentClient>>

/** Once more where the server asked for its nonce: the library leaves that to its user. */
export async function withNonce<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error
    return attempt()
  }
}

/** PAR with a proof, the pages, the code. */
export async function obtainCode(app: Served, from: IndependentClient, scope: string) {
  const { as, client, dpop, options, redirectUri } = from
  const verifier = oauth.generateRandomCodeVerifier()
  const state = oauth.generateRandomState()
  const parameters = {
    response_type: 'code',
    redirect_uri: redirectUri,
    scope,
    state,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  const pushed = await withNonce(async () => {
    const response = await oauth.pushedAuthorizationRequest(as, client, oauth.None(), parameters, {
      ...options,
      DPoP: dpop,
    })
    return oauth.processPushedAuthorizationResponse(as, client, response)
  })
  const query = new URLSearchParams({ client_id: client.client_id, request_uri: pushed.request_uri })
  const browser = new Browser(app)
  const login = await browser.show(`${as.authorization_endpoint}?${query}`)
  const consent = shown(await browser.press(login, 'login', { username: 'alice', password }))
  const answer = oauth.validateAuthResponse(as, client, left(await browser.press(consent, 'allow')), state)
  return { answer, verifier, browser, consent }
}

/** The code and what it is exchanged for. */
export async function obtainTokens(app: Served, from: IndependentClient, scope: string) {
  const { browser, consent, ...code } = await obtainCode(app, from, scope)
  return { tokens: await redeem(from, code), browser, consent }
}

export function redeem(
  { as, client, dpop, options, redirectUri }: IndependentClient,
  { answer, verifier }: Pick<Awaited<ReturnType<typeof obtainCode>>, 'answer' | 'verifier'>,
) {
  return withNonce(async () => {
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      client,
      oauth.None(),
      answer,
      redirectUri,
      verifier,
      { ...options, DPoP: dpop },
    )
    return oauth.processAuthorizationCodeResponse(as, client, response)
  })
}

/** A request to a protected resource of this server, with a proof that the library makes. */
export function read(from: IndependentClient, token: string, url: string, method = 'GET', key = from.dpop) {
  return withNonce(() =>
    oauth.protectedResourceRequest(token, method, new URL(url), undefined, undefined, {
      ...from.options,
      DPoP: key,
    }),
  )
}
