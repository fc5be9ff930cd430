import { expect, test } from '@playwright/test'
import { decodeJwt } from 'jose'
import * as client from 'openid-client'
import { signInAndAllow } from '../harness/form-session.ts'
import { platform } from '../harness/platform.ts'

test('openid-client gets a bound token (PAR, DPoP, nonces) and reads the profile', async () => {
  const { issuer, profileUrl, password } = platform()
  const config = await client.discovery(new URL(issuer), 'cli', undefined, client.None(), {
    execute: [client.allowInsecureRequests],
  })
  const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
  const redirectUri = 'http://127.0.0.1:49152/callback'
  const codeVerifier = client.randomPKCECodeVerifier()
  const state = client.randomState()
  const nonce = client.randomNonce()

  const url = await client.buildAuthorizationUrlWithPAR(
    config,
    {
      redirect_uri: redirectUri,
      scope: 'openid profile offline_access',
      code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
      code_challenge_method: 'S256',
      state,
      nonce,
    },
    { DPoP },
  )
  const answer = await signInAndAllow(url, password)
  const checks = {
    pkceCodeVerifier: codeVerifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  }
  const tokens = await client.authorizationCodeGrant(config, answer, checks, undefined, { DPoP })
  expect(tokens.token_type).toBe('dpop')
  expect(decodeJwt(tokens.access_token).cnf).toEqual({ jkt: await DPoP.calculateThumbprint() })

  const profile = await client.fetchProtectedResource(
    config,
    tokens.access_token,
    new URL(profileUrl),
    'GET',
    undefined,
    undefined,
    { DPoP },
  )
  expect(profile.status).toBe(200)
  expect(await profile.json()).toMatchObject({ sub: tokens.claims()?.sub })

  const userinfo = await client.fetchUserInfo(config, tokens.access_token, tokens.claims()?.sub ?? '', {
    DPoP,
  })
  expect(userinfo.sub).toBe(tokens.claims()?.sub)

  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP })
  expect(decodeJwt(refreshed.access_token).cnf).toEqual({ jkt: await DPoP.calculateThumbprint() })
})
