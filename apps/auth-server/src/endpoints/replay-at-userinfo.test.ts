import * as oauth from 'oauth4webapi'
import { expect, test } from 'vitest'
import { independentClient, obtainTokens, read } from '../../test/independent-client.ts'
import { openApp } from '../../test/open-app.ts'

test.each([true, false])(
  'with REVOKE_ON_REPLAY %s a proof sent to userinfo twice ends the grant, or only fails',
  async (revokeOnReplay) => {
    const app = await openApp({ revokeOnReplay })
    const client = await independentClient(app)
    const { tokens } = await obtainTokens(app, client, 'openid profile offline_access')
    const copied: Headers[] = []
    const send = client.options[oauth.customFetch]
    client.options[oauth.customFetch] = (url, init) => {
      copied.push(new Headers((init as RequestInit).headers))
      return send(url, init)
    }
    const userinfo = `${app.issuer}/userinfo`
    expect((await read(client, tokens.access_token, userinfo)).status).toBe(200)
    const replayed = await app.send('/userinfo', { headers: copied.at(-1) ?? {} })
    expect(replayed.status).toBe(401)
    expect(replayed.headers.get('www-authenticate')).toContain('jti.unused')

    const next = read(client, tokens.access_token, userinfo)
    if (revokeOnReplay) await expect(next).rejects.toMatchObject({ status: 401 })
    else expect((await next).status).toBe(200)
  },
)
