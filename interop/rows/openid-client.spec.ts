import { signInAndAllow } from '@keybound/e2e/harness/form-session'
import { platform } from '@keybound/e2e/harness/platform'
import { expect } from '@playwright/test'
import * as client from 'openid-client'
import { exercised, expectCodeFlow, row, test } from '../harness/row.ts'
import { versionOf } from '../harness/version-of.ts'

test(
  'openid-client gets a bound token and reads the profile',
  row({
    product: 'openid-client',
    version: versionOf('openid-client'),
    role: 'client',
  }),
  async ({ wire }) => {
    const { issuer, profileUrl, password } = platform()
    const config = await client.discovery(new URL(issuer), 'cli', undefined, client.None(), {
      execute: [client.allowInsecureRequests],
    })
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'))
    const codeVerifier = client.randomPKCECodeVerifier()
    const state = client.randomState()
    const nonce = client.randomNonce()

    const url = await client.buildAuthorizationUrlWithPAR(
      config,
      {
        redirect_uri: 'http://127.0.0.1:49152/callback',
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
    const sub = tokens.claims()?.sub ?? ''
    exercised('ID token')

    const read = (url: string) =>
      client.fetchProtectedResource(config, tokens.access_token, new URL(url), 'GET', undefined, undefined, {
        DPoP,
      })
    const profile = await read(profileUrl)
    expect(await profile.json()).toMatchObject({ sub })
    const userinfo = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })
    expect(userinfo.sub).toBe(sub)
    exercised('userinfo')
    await client.refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP })

    await expectCodeFlow(wire)
  },
)
