import { expect } from '@playwright/test'
import * as oauth from 'oauth4webapi'
import * as client from 'openid-client'
import { fetchTrusting } from './fetch-trusting.ts'
import { signInAndAllow } from './form-session.ts'
import type { AddedClient, Fapi2Platform } from './open-fapi2-platform.ts'

const scope = 'openid profile offline_access'

/** The whole flow of the profile with oauth4webapi, which leaves nothing to itself: each answer is judged before the next request. */
export async function flowWithOauth4webapi(
  { platform, user, nginx }: Fapi2Platform,
  added: AddedClient,
): Promise<void> {
  const send = fetchTrusting(nginx.ca)
  const options = { [oauth.customFetch]: send as (url: string, init: object) => Promise<Response> }
  const issuer = new URL(platform.issuer)
  const discovered = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options })
  const as = await oauth.processDiscoveryResponse(issuer, discovered)
  const self: oauth.Client = { client_id: added.id, [oauth.clockTolerance]: 10 }
  const authentication = oauth.PrivateKeyJwt({ key: added.key, kid: added.kid })
  const DPoP = oauth.DPoP(self, await oauth.generateKeyPair('ES256'))
  const proved = { ...options, DPoP }

  const verifier = oauth.generateRandomCodeVerifier()
  const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
  const parameters = {
    response_type: 'code',
    redirect_uri: added.redirectUri,
    scope,
    state,
    nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  }
  const { request_uri } = await withNonce(async () =>
    oauth.processPushedAuthorizationResponse(
      as,
      self,
      await oauth.pushedAuthorizationRequest(as, self, authentication, parameters, proved),
    ),
  )
  const front = new URLSearchParams({ client_id: added.id, request_uri })
  const { username, password } = user
  const address = await signInAndAllow(`${as.authorization_endpoint}?${front}`, password, { username, send })
  const answer = oauth.validateAuthResponse(as, self, address, state)

  const tokens = await withNonce(async () => {
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      self,
      authentication,
      answer,
      added.redirectUri,
      verifier,
      proved,
    )
    const result = await oauth.processAuthorizationCodeResponse(as, self, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(as, response, options)
    return result
  })
  expect(tokens.token_type).toBe('dpop')
  const read = (token: string) =>
    withNonce(() =>
      oauth.protectedResourceRequest(
        token,
        'GET',
        new URL(platform.profileUrl),
        undefined,
        undefined,
        proved,
      ),
    )
  const { sub } = oauth.getValidatedIdTokenClaims(tokens) ?? {}
  expect(sub).toBe(user.sub)
  expect(await (await read(tokens.access_token)).json()).toMatchObject({ sub, name: 'Carol Clark' })

  const refresh = () =>
    withNonce(async () =>
      oauth.processRefreshTokenResponse(
        as,
        self,
        await oauth.refreshTokenGrantRequest(as, self, authentication, tokens.refresh_token ?? '', proved),
      ),
    )
  const refreshed = await refresh()
  expect(refreshed.refresh_token, 'FAPI 2.0 knows no rotation').toBeUndefined()
  expect((await read(refreshed.access_token)).status).toBe(200)

  const revoked = await oauth.revocationRequest(as, self, authentication, tokens.refresh_token ?? '', options)
  await oauth.processRevocationResponse(revoked)
  await expect(refresh()).rejects.toMatchObject({ error: 'invalid_grant' })
}

/** The same with openid-client, which does most of it by itself. */
export async function flowWithOpenidClient(
  { platform, user, nginx }: Fapi2Platform,
  added: AddedClient,
): Promise<string> {
  const send = fetchTrusting(nginx.ca)
  const authentication = client.PrivateKeyJwt({ key: added.key, kid: added.kid })
  const config = await client.discovery(new URL(platform.issuer), added.id, undefined, authentication, {
    [client.customFetch]: send as client.CustomFetch,
    execute: [client.enableNonRepudiationChecks],
  })
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  const pkceCodeVerifier = client.randomPKCECodeVerifier()
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()]
  const parameters = {
    redirect_uri: added.redirectUri,
    scope,
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  }
  const url = await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP })
  const { username, password } = user
  const answer = await signInAndAllow(url, password, { username, send })
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true }
  const tokens = await client.authorizationCodeGrant(config, answer, checks, undefined, { DPoP })
  const sub = tokens.claims()?.sub ?? ''
  const profile = new URL(platform.profileUrl)
  const read = (token: string) =>
    client.fetchProtectedResource(config, token, profile, 'GET', undefined, undefined, { DPoP })
  expect(await (await read(tokens.access_token)).json()).toMatchObject({ sub })
  expect((await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).sub).toBe(sub)

  const refreshToken = tokens.refresh_token ?? ''
  const refreshed = await client.refreshTokenGrant(config, refreshToken, undefined, { DPoP })
  expect((await read(refreshed.access_token)).status).toBe(200)
  await client.tokenRevocation(config, refreshToken)
  await expect(client.refreshTokenGrant(config, refreshToken, undefined, { DPoP })).rejects.toMatchObject({
    error: 'invalid_grant',
  })
  return tokens.access_token
}

/** Once more where a server asked for its nonce: oauth4webapi leaves that to its user. */
async function withNonce<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (!oauth.isDPoPNonceError(error)) throw error
    return attempt()
  }
}
