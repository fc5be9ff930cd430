import { expect, test } from '@playwright/test'
import * as oauth from 'oauth4webapi'
import { obtainTokens, withNonce } from '../harness/obtain-tokens.ts'
import { type OpenPlatform, openPlatform } from '../harness/open-platform.ts'

let opened: OpenPlatform

test.describe.configure({ timeout: 180_000 })

test.beforeAll(async () => {
  const logs = 'e2e/test-results/log-revoke-on-replay'
  opened = await openPlatform({
    set: { REVOKE_ON_REPLAY: 'true' },
    only: ['auth-server', 'resource-api'],
    logs,
  })
})

test.afterAll(async () => {
  await opened?.close()
})

test('with REVOKE_ON_REPLAY a request that is sent to the API twice costs the thief and the user the whole grant', async () => {
  const { platform } = opened
  const { as, client, dpop, tokens } = await obtainTokens(platform)
  const { access_token, refresh_token = '' } = tokens
  const insecure = { [oauth.allowInsecureRequests]: true }
  const profile = new URL(platform.profileUrl)
  let copied = new Headers()
  const read = () =>
    oauth.protectedResourceRequest(access_token, 'GET', profile, undefined, undefined, {
      DPoP: dpop,
      ...insecure,
      [oauth.customFetch](url, { method, headers }) {
        copied = new Headers(headers)
        return fetch(url, { method, headers })
      },
    })
  expect((await withNonce(read)).status).toBe(200)

  const replayed = await fetch(profile, { headers: copied })
  expect(replayed.status).toBe(401)
  expect(replayed.headers.get('www-authenticate')).toContain('jti.unused')

  // The API asks about a token at most every five seconds; that the replay was told it knows at once.
  await expect(read()).rejects.toMatchObject({ status: 401 })
  const refresh = withNonce(async () => {
    const options = { DPoP: dpop, ...insecure }
    const response = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), refresh_token, options)
    return oauth.processRefreshTokenResponse(as, client, response)
  })
  await expect(refresh).rejects.toMatchObject({ error: 'invalid_grant' })
})
