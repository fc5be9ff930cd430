import { requirement } from '@keybound/testkit'
import { decodeJwt } from 'jose'
import { expect, test } from 'vitest'
import { api, clients, otherApi } from '../../test/clients.ts'
import { refusal } from '../../test/refusal.ts'
import { key, type Parameters, type Sent, send } from '../../test/requests.ts'
import { openServer } from '../../test/server.ts'

function ask(change: Parameters = {}, sent: Sent = {}) {
  const parameters = { grant_type: 'client_credentials', ...change }
  return send(openServer(), '/token', parameters, { client: 'service', ...sent })
}

requirement(
  ['T-043', 'RFC6749-08', 'RFC9068-05', 'BCP-06'],
  'gives a bound access token alone, with a subject that no user has',
  async () => {
    const tokens = await (await ask()).json()
    expect(Object.keys(tokens)).toEqual(['access_token', 'token_type', 'expires_in', 'scope'])
    expect(tokens.token_type).toBe('DPoP')
    const claims = decodeJwt(tokens.access_token)
    expect(claims).toMatchObject({
      sub: 'client:service',
      client_id: 'service',
      aud: api,
      scope: 'profile',
      cnf: { jkt: key.jkt },
    })
    expect(claims).not.toHaveProperty('grant_id')
    expect(claims).not.toHaveProperty('auth_time')
  },
)

requirement('DPOP-5.2-02', 'needs a proof of a client that is registered so', async () => {
  expect(await refusal(await ask({}, { proof: false }))).toBe('400 invalid_dpop_proof client.requires')
})

test('gives what is asked for, or all that the client may have without a user', async () => {
  const shop = { client: 'shop' } as const
  expect((await (await ask({}, shop)).json()).scope).toBe('profile profile:write')
  expect((await (await ask({ scope: 'profile:write' }, shop)).json()).scope).toBe('profile:write')
  for (const scope of ['openid', 'offline_access', 'orders', 'admin', 'profile  x"y']) {
    expect((await ask({ scope }, shop)).status, scope).toBe(400)
  }
})

requirement(['RFC8707-02', 'RFC8707-03'], 'is for the resource asked for', async () => {
  const tokens = await (await ask({ resource: [otherApi, api] })).json()
  expect(decodeJwt(tokens.access_token).aud).toEqual([otherApi, api])
  expect(await refusal(await ask({ resource: 'https://elsewhere.example' }))).toBe(
    '400 invalid_target resource.known',
  )
})

requirement('RFC6749-08', 'is for confidential clients only', async () => {
  const refused = '400 unauthorized_client grant_type.allowed'
  expect(await refusal(await ask({}, { client: 'playground' }))).toBe(refused)
  const opened = openServer()
  await opened.stores.saveClient({ ...clients.playground, grant_types: ['client_credentials'] })
  expect(await refusal(await send(opened, '/token', { grant_type: 'client_credentials' }))).toBe(refused)
})
