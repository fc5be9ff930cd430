import { requirement, testKeys } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { clients, secret } from '../../test/clients.ts'
import {
  answered,
  authorizationParameters,
  begun,
  exchange,
  finish,
  getAuthorize,
  refresh,
} from '../../test/flow.ts'
import { refusal } from '../../test/refusal.ts'
import { app, openForRegistration, register, registered } from '../../test/registration.ts'
import { formBody, otherKey, type Parameters, send } from '../../test/requests.ts'
import { issuer, type Opened, openServer } from '../../test/server.ts'
import { secretHash } from '../secret-hash.ts'
import { signOutEverywhereRequest } from '../sign-out-everywhere-request.ts'

/** `web` is held to FAPI 2.0 by itself, or by a server that holds everyone to it. */
const openings = {
  'a fapi2 client of a baseline server': async (options = {}) => {
    const opened = openServer(options)
    await opened.stores.saveClient({
      ...clients.web,
      dpop_bound_access_tokens: false,
      security_profile: 'fapi2',
    })
    return opened
  },
  'a client of a fapi2 server': async (options = {}) => {
    const opened = openServer({ securityProfile: 'fapi2', ...options })
    await opened.stores.saveClient({ ...clients.web, dpop_bound_access_tokens: false })
    return opened
  },
} as const

async function push(opened: Opened, change: Parameters = {}) {
  const { client_id: _, ...parameters } = authorizationParameters('web', change)
  return send(opened, '/par', parameters, { client: 'web' })
}

async function codeOf(opened: Opened): Promise<string> {
  const { request_uri } = await (await push(opened)).json()
  const { code = '' } = answered(await finish(opened, await begun(opened, { client_id: 'web', request_uri })))
  return code
}

describe.each(Object.entries(openings))('%s', (_, open) => {
  requirement(['FAPI-02', 'PAR-07', 'A-010'], 'has to push its requests', async () => {
    const beginning = await getAuthorize(await open(), authorizationParameters('web'))
    if (beginning.next !== 'answer') throw new Error(beginning.next)
    expect(answered(beginning.response).error_description).toMatch(/^par\.required/)
  })

  requirement(['FAPI-02', 'PAR-03'], 'has 300 seconds to bring its request_uri', async () => {
    const opened = await open()
    const { request_uri, expires_in } = await (await push(opened)).json()
    expect(expires_in).toBe(300)
    opened.clock.advance(299)
    expect((await getAuthorize(opened, { client_id: 'web', request_uri })).next).toBe('step')
    opened.clock.advance(1)
    expect((await getAuthorize(opened, { client_id: 'web', request_uri })).next).toBe('error page')
  })

  requirement(
    ['FAPI-01', 'RFC6749-04'],
    'has a code for 60 seconds, whatever the server gives others',
    async () => {
      const opened = await open({ lifetimes: { code: 300 } })
      const [early, late] = [await codeOf(opened), await codeOf(opened)]
      opened.clock.advance(59)
      expect((await send(opened, '/token', exchange('web', early), { client: 'web' })).status).toBe(200)
      opened.clock.advance(1)
      expect(await refusal(await send(opened, '/token', exchange('web', late), { client: 'web' }))).toBe(
        '400 invalid_grant code.live',
      )
    },
  )

  requirement('FAPI-01', 'gets no bearer token, though its registration asks for none', async () => {
    const opened = await open()
    const sent = { client: 'web', proof: false } as const
    // The code is bound by the proof at PAR, so the demand comes before the code is looked at.
    expect(await refusal(await send(opened, '/token', exchange('web', 'code_x'), sent))).toBe(
      '400 invalid_dpop_proof client.requires',
    )
  })

  requirement('FAPI-01', 'keeps its refresh token, though its registration asks for rotation', async () => {
    const opened = await open()
    const web = await opened.server.clients.find('web')
    if (web) await opened.stores.saveClient({ ...web, rotate_refresh_tokens: true })
    const code = await codeOf(opened)
    const { refresh_token } = await (
      await send(opened, '/token', exchange('web', code), { client: 'web' })
    ).json()
    for (const proof of [undefined, otherKey]) {
      const sent = { client: 'web', ...(proof && { proof }) } as const
      const refreshed = await send(opened, '/token', refresh(refresh_token), sent)
      expect(refreshed.status).toBe(200)
      expect(await refreshed.json()).not.toHaveProperty('refresh_token')
    }
  })

  requirement('FAPI-02', 'is sent to https only, or to the loopback address of a native app', async () => {
    const opened = await open()
    const web = await opened.server.clients.find('web')
    if (!web) throw new Error('no client')
    for (const [uri, status] of [
      ['http://web.example/callback', 400],
      ['http://localhost:3000/callback', 400],
      ['http://127.0.0.1.evil.example/callback', 400],
      ['http://127.0.0.1:8000/callback', 201],
      ['http://[::1]/callback', 201],
      ['https://web.example/callback', 201],
    ] as const) {
      await opened.stores.saveClient({ ...web, redirect_uris: [uri] })
      expect((await push(opened, { redirect_uri: uri })).status, uri).toBe(status)
    }
  })
})

requirement(
  'FAPI-01',
  'a fapi2 server serves private_key_jwt clients alone; resource servers still ask it',
  async () => {
    const opened = openServer({ securityProfile: 'fapi2' })
    for (const client of ['playground', 'shop', 'cli'] as const) {
      for (const [path, form] of [
        ['/token', refresh('rt_x')],
        ['/par', authorizationParameters(client)],
        ['/revoke', { token: 'x' }],
      ] as const) {
        const { client_id: _, ...parameters } = { client_id: undefined, ...form }
        expect(await refusal(await send(opened, path, parameters, { client, proof: false }))).toBe(
          '401 invalid_client client.profile',
        )
      }
    }
    const asked = await send(opened, '/introspect', { token: 'x' }, { client: 'resource-api', proof: false })
    expect(await asked.json()).toEqual({ active: false })
  },
)

test('other clients of a baseline server are not held to what one of them is held to', async () => {
  const opened = await openings['a fapi2 client of a baseline server']()
  expect((await getAuthorize(opened, authorizationParameters('playground'))).next).toBe('step')
})

describe('registration', () => {
  const jwks = { keys: [testKeys.ES256.publicJwk] }
  const good = { redirect_uris: app.redirect_uris, jwks }

  test('of a fapi2 client says what will be enforced', async () => {
    const enforced = {
      token_endpoint_auth_method: 'private_key_jwt',
      dpop_bound_access_tokens: true,
      require_pushed_authorization_requests: true,
    }
    const opened = openForRegistration()
    const asked = { ...good, token_endpoint_auth_method: 'private_key_jwt', security_profile: 'fapi2' }
    expect(await registered(opened, asked)).toMatchObject({ ...enforced, security_profile: 'fapi2' })
    expect(await registered(openForRegistration({ securityProfile: 'fapi2' }), good)).toMatchObject(enforced)
  })

  test('refuses what the profile does not serve', async () => {
    const opened = openForRegistration({ securityProfile: 'fapi2' })
    for (const token_endpoint_auth_method of ['none', 'client_secret_basic', 'client_secret_post'])
      expect(await refusal(await register(opened, { ...good, token_endpoint_auth_method }))).toBe(
        '400 invalid_client_metadata client_metadata.agrees',
      )
    for (const uri of ['http://localhost/callback', 'http://app.example/'])
      expect(await refusal(await register(opened, { ...good, redirect_uris: [uri] }))).toBe(
        '400 invalid_redirect_uri redirect_uris.valid',
      )
  })

  test('of a resource server, which has no grant, may have any confidential method', async () => {
    const opened = openForRegistration({ securityProfile: 'fapi2' })
    const asking = { grant_types: [], jwks }
    for (const token_endpoint_auth_method of ['private_key_jwt', 'client_secret_basic', 'client_secret_post'])
      expect((await register(opened, { ...asking, token_endpoint_auth_method })).status).toBe(201)
    expect(await refusal(await register(opened, { ...asking, token_endpoint_auth_method: 'none' }))).toBe(
      '400 invalid_client_metadata client_metadata.agrees',
    )
  })
})

test('a client with a secret that was registered earlier is out, whatever its secret', async () => {
  const opened = openServer({ securityProfile: 'fapi2' })
  await opened.stores.saveClient({ ...clients.shop, client_secret_hash: secretHash(secret) })
  expect(
    (await send(opened, '/token', { grant_type: 'client_credentials' }, { client: 'shop' })).status,
  ).toBe(401)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const body = formBody({ client_id: 'shop', client_secret: secret, id_token_hint: 'x' })
  const asked = new Request(`${issuer}/logout/everywhere`, { method: 'POST', headers, body })
  expect((await signOutEverywhereRequest(opened.server, asked, async () => {})).status).toBe(401)
})
