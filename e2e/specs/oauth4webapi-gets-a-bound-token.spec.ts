import { expect, test } from '@playwright/test'
import { decodeJwt } from 'jose'
import * as oauth from 'oauth4webapi'
import { obtainTokens, readWith, withNonce } from '../harness/obtain-tokens.ts'
import { platform } from '../harness/platform.ts'

test('oauth4webapi gets a bound token (PAR, DPoP, nonces), reads the profile and refreshes', async () => {
  const { profileUrl, issuer } = platform()
  const obtained = await obtainTokens(platform())
  const { as, client, dpop, tokens, claims } = obtained
  expect(tokens.token_type).toBe('dpop')
  const jkt = await dpop.calculateThumbprint()
  expect(decodeJwt(tokens.access_token)).toMatchObject({ cnf: { jkt }, aud: [profileUrl, issuer] })

  const profile = await readWith(obtained, profileUrl)
  expect(profile.status).toBe(200)
  expect(await profile.json()).toMatchObject({ sub: claims.sub, name: expect.stringMatching(/alice/i) })

  const userinfo = await readWith(obtained, as.userinfo_endpoint ?? '')
  expect(await userinfo.json()).toMatchObject({ sub: claims.sub })

  const refreshed = await withNonce(async () => {
    const options = { DPoP: dpop, [oauth.allowInsecureRequests]: true }
    const response = await oauth.refreshTokenGrantRequest(
      as,
      client,
      oauth.None(),
      tokens.refresh_token ?? '',
      options,
    )
    return oauth.processRefreshTokenResponse(as, client, response)
  })
  expect(decodeJwt(refreshed.access_token).cnf).toEqual({ jkt })
  expect(refreshed.refresh_token).not.toBe(tokens.refresh_token)
})

test('the access token of oauth4webapi satisfies oauth4webapi as a resource server too (RFC 9068, RFC 9449)', async () => {
  const { profileUrl } = platform()
  const { as, dpop, tokens } = await obtainTokens(platform())
  let seen: Request | undefined
  await oauth.protectedResourceRequest(
    tokens.access_token,
    'GET',
    new URL(profileUrl),
    undefined,
    undefined,
    {
      DPoP: dpop,
      [oauth.allowInsecureRequests]: true,
      [oauth.customFetch]: async (url, options) => {
        seen = new Request(url, options as RequestInit)
        return new Response('{}', { headers: { 'content-type': 'application/json' } })
      },
    },
  )
  expect(seen).toBeDefined()
  const audience = profileUrl
  const claims = await oauth.validateJwtAccessToken(as, seen as Request, audience, {
    requireDPoP: true,
    [oauth.allowInsecureRequests]: true,
  })
  expect(claims.client_id).toBe('cli')
})
