import { requirement, testKeys } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { refusal } from '../test/refusal.ts'
import { app, manage, openForRegistration, registered } from '../test/registration.ts'
import { basic, send } from '../test/requests.ts'
import { tokenRequest } from './token-request.ts'

test('the holder of the registration access token reads the registration, without the secret', async () => {
  const opened = openForRegistration()
  const { client_secret, client_secret_expires_at, ...client } = await registered(opened, {
    ...app,
    token_endpoint_auth_method: 'client_secret_basic',
  })
  const response = await manage(opened, 'GET', client)
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.json()).toEqual(client)
})

requirement('G-010', 'a client manages itself alone', async () => {
  const opened = openForRegistration()
  const [one, two] = [await registered(opened), await registered(opened)]
  const others = { ...one, registration_access_token: two.registration_access_token }
  const statically = { ...one, registration_client_uri: `${opened.server.endpoints.registration}/playground` }
  const gone = { ...one, registration_client_uri: `${opened.server.endpoints.registration}/nobody` }
  for (const client of [others, statically, gone, { ...one, registration_access_token: 'x' }]) {
    for (const method of ['GET', 'PUT', 'DELETE'] as const) {
      const metadata = method === 'PUT' ? { ...app, client_id: one.client_id } : undefined
      const response = await manage(opened, method, client, metadata)
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /)
      expect(await refusal(response)).toBe('401 invalid_token registration.owner')
    }
  }
  expect((await manage(opened, 'GET', one)).status).toBe(200)
})

test('an update replaces everything that the client says about itself', async () => {
  const opened = openForRegistration()
  const client = await registered(opened, { ...app, post_logout_redirect_uris: ['https://app.example/'] })
  const { client_id } = client
  const renamed = { client_id, ...app, client_name: 'Renamed', grant_types: ['authorization_code'] }
  const updated = await (await manage(opened, 'PUT', client, renamed)).json()
  expect(updated).toEqual({
    ...client,
    client_name: 'Renamed',
    grant_types: ['authorization_code'],
    post_logout_redirect_uris: [],
  })
  expect(await (await manage(opened, 'GET', client)).json()).toEqual(updated)
})

test('an update obeys the rules of a registration and names its own client', async () => {
  const opened = openForRegistration()
  const client = await registered(opened, { ...app, token_endpoint_auth_method: 'client_secret_post' })
  const { client_id, client_secret } = client
  const good = { client_id, client_secret, ...app, token_endpoint_auth_method: 'client_secret_post' }
  expect((await manage(opened, 'PUT', client, good)).status).toBe(200)
  for (const [change, reason] of [
    [{ client_id: undefined }, 'client_metadata.client'],
    [{ client_id: 'playground' }, 'client_metadata.client'],
    [{ client_secret: 'another' }, 'client_metadata.client'],
    [{ dpop_bound_access_tokens: 1 }, 'client_metadata.valid'],
    [{ redirect_uris: ['http://x.example/'] }, 'redirect_uris.valid'],
  ] as const) {
    expect(await refusal(await manage(opened, 'PUT', client, { ...good, ...change }))).toContain(reason)
  }
})

test('a change of the method makes a secret, keeps it, and takes it away', async () => {
  const opened = openForRegistration()
  const client = await registered(opened)
  const { client_id } = client
  const put = async (metadata: object) =>
    (await manage(opened, 'PUT', client, { client_id, ...app, ...metadata })).json()

  expect((await put({ token_endpoint_auth_method: 'client_secret_basic' })).client_secret).toMatch(/^cs_/)
  const hash = (await opened.server.clients.find(client_id))?.client_secret_hash
  expect(await put({ token_endpoint_auth_method: 'client_secret_post' })).not.toHaveProperty('client_secret')
  expect((await opened.server.clients.find(client_id))?.client_secret_hash).toBe(hash)
  await put({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [testKeys.ES256.publicJwk] } })
  expect(await opened.server.clients.find(client_id)).not.toHaveProperty('client_secret_hash')
})

test('a client that ends its registration is gone, and its token with it', async () => {
  const opened = openForRegistration()
  const client = await registered(opened)
  expect((await manage(opened, 'DELETE', client)).status).toBe(204)
  expect(await opened.server.clients.find(client.client_id)).toBeUndefined()
  for (const method of ['GET', 'DELETE'] as const)
    expect((await manage(opened, method, client)).status).toBe(401)
})

test('and so is the token that it had for itself', async () => {
  const opened = openForRegistration()
  const client = await registered(opened, { grant_types: ['client_credentials'], scope: 'profile' })
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: basic(client.client_id, client.client_secret),
  }
  const init = { method: 'POST', headers, body: 'grant_type=client_credentials' }
  const response = await tokenRequest(opened.server, new Request(opened.server.endpoints.token, init))
  const { access_token: token } = await response.json()
  const introspect = async () =>
    (await send(opened, '/introspect', { token }, { client: 'resource-api', proof: false })).json()

  expect((await introspect()).active).toBe(true)
  await manage(opened, 'DELETE', client)
  expect(await introspect()).toEqual({ active: false })
})
