import { requirement } from '@keybound/testkit'
import * as oauth from 'oauth4webapi'
import { expect } from 'vitest'
import { clients } from '../../test/clients.ts'
import { independentClient, obtainTokens, read } from '../../test/independent-client.ts'
import { openApp } from '../../test/open-app.ts'

requirement(
  ['I-009', 'I-010'],
  'userinfo takes an opaque token from the holder of its key alone, and not after it was revoked',
  async () => {
    const app = await openApp()
    const playground = clients.find(({ client_id }) => client_id === 'playground')
    if (playground) await app.storage.stores.saveClient({ ...playground, access_token_format: 'opaque' })
    const client = await independentClient(app)
    const { access_token } = (await obtainTokens(app, client, 'openid profile')).tokens
    const userinfo = `${app.issuer}/userinfo`
    expect(access_token).toMatch(/^at_/)
    expect(await (await read(client, access_token, userinfo)).json()).toMatchObject({ name: 'Alice Ames' })

    const thief = await independentClient(app)
    const refused = { status: 401 }
    await expect(read(thief, access_token, userinfo)).rejects.toMatchObject(refused)
    const bearer = await app.send('/userinfo', { headers: { authorization: `Bearer ${access_token}` } })
    expect(bearer.status).toBe(401)
    const another = access_token.replace(/.$/, '_')
    await expect(read(client, another, userinfo)).rejects.toMatchObject(refused)

    await oauth.revocationRequest(client.as, client.client, oauth.None(), access_token, client.options)
    await expect(read(client, access_token, userinfo)).rejects.toMatchObject(refused)
    expect(app.written.join('')).not.toContain(access_token)
  },
)
