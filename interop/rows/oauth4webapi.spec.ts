import { obtainTokens, readWith, withNonce } from '@keybound/e2e/harness/obtain-tokens'
import { platform } from '@keybound/e2e/harness/platform'
import { expect } from '@playwright/test'
import * as oauth from 'oauth4webapi'
import { exercised, expectCodeFlow, row, test } from '../harness/row.ts'
import { versionOf } from '../harness/version-of.ts'

const subject = { product: 'oauth4webapi', version: versionOf('oauth4webapi') }

test(
  'oauth4webapi gets a bound token, reads the profile and refreshes',
  row({ ...subject, role: 'client' }),
  async ({ wire }) => {
    const { profileUrl } = platform()
    const obtained = await obtainTokens(platform())
    const { as, client, dpop, tokens, claims } = obtained
    const profile = await readWith(obtained, profileUrl)
    expect(await profile.json()).toMatchObject({ sub: claims.sub, name: expect.stringMatching(/alice/i) })
    const userinfo = await readWith(obtained, as.userinfo_endpoint ?? '')
    expect(await userinfo.json()).toMatchObject({ sub: claims.sub })
    exercised('ID token')
    exercised('userinfo')

    await withNonce(async () => {
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
    await expectCodeFlow(wire)
  },
)

test(
  'oauth4webapi as a resource server accepts our access token and proof',
  row({
    ...subject,
    role: 'resource server',
  }),
  async () => {
    const { profileUrl } = platform()
    const { as, dpop, tokens } = await obtainTokens(platform())
    const insecure = { [oauth.allowInsecureRequests]: true }
    let seen: Request | undefined
    await oauth.protectedResourceRequest(
      tokens.access_token,
      'GET',
      new URL(profileUrl),
      undefined,
      undefined,
      {
        DPoP: dpop,
        ...insecure,
        [oauth.customFetch]: async (url, options) => {
          seen = new Request(url, options as RequestInit)
          return new Response('{}', { headers: { 'content-type': 'application/json' } })
        },
      },
    )
    const validate = (request: Request) =>
      oauth.validateJwtAccessToken(as, request, profileUrl, { requireDPoP: true, ...insecure })
    expect((await validate(seen as Request)).client_id).toBe('cli')
    exercised('access token of RFC 9068')
    exercised('proof')
    const asBearer = new Request(profileUrl, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    await expect(validate(asBearer)).rejects.toThrow()
    exercised('Bearer refused')
  },
)
