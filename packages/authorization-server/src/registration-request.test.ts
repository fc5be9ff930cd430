import { requirement, testKeys } from '@keybound/testkit'
import { expect, test, vi } from 'vitest'
import { refusal } from '../test/refusal.ts'
import { app, openForRegistration, register, registered } from '../test/registration.ts'
import { basic } from '../test/requests.ts'
import { openServer } from '../test/server.ts'
import { authorizationServerMetadata, secretHash, tokenRequest } from './index.ts'

requirement(['G-001', 'DCR-05'], 'nobody registers without the initial access token', async () => {
  const opened = openForRegistration()
  const wrong = { authorization: 'Bearer another-token-of-the-same-kind' }
  for (const headers of [wrong, {}, { authorization: 'Basic eDp5' }]) {
    const response = await register(opened, app, headers)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /)
    expect(await refusal(response)).toBe('401 invalid_token registration.token')
  }
})

requirement(
  'G-001',
  'where registration is off nobody registers, and the metadata does not name it',
  async () => {
    const opened = openServer()
    for (const headers of [{ authorization: 'Bearer undefined' }, {}])
      expect((await register(opened, app, headers)).status).toBe(401)
    expect(authorizationServerMetadata(opened.server)).not.toHaveProperty('registration_endpoint')
    expect(authorizationServerMetadata(openForRegistration().server).registration_endpoint).toBe(
      opened.server.endpoints.registration,
    )
  },
)

requirement(
  ['DCR-01', 'DCR-06', 'DPOP-5.2-01'],
  'answers 201 with everything that is registered, and keeps secrets as hashes alone',
  async () => {
    const opened = openForRegistration()
    const response = await register(opened, { redirect_uris: ['https://app.example/callback'] })
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { client_id, client_secret, registration_access_token, ...rest } = await response.json()
    expect(client_id).toMatch(/^client_[\w-]{43}$/)
    expect(client_secret).toMatch(/^cs_[\w-]{43}$/)
    expect(registration_access_token).toMatch(/^rat_[\w-]{43}$/)
    expect(rest).toEqual({
      client_id_issued_at: Math.floor(opened.clock.now()),
      client_secret_expires_at: 0,
      registration_client_uri: `${opened.server.endpoints.registration}/${client_id}`,
      client_name: 'An app without a name',
      redirect_uris: ['https://app.example/callback'],
      post_logout_redirect_uris: [],
      token_endpoint_auth_method: 'client_secret_basic',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      scope: 'openid',
      id_token_signed_response_alg: 'ES256',
      dpop_bound_access_tokens: false,
      require_pushed_authorization_requests: false,
    })
    const stored = await opened.server.clients.find(client_id)
    expect(JSON.stringify(stored)).not.toMatch(/"(cs|rat)_/)
    expect(stored?.client_secret_hash).toBe(secretHash(client_secret))
  },
)

requirement(['DCR-06', 'DPOP-5.2-01'], 'echoes what was asked for where it is served', async () => {
  const asked = {
    ...app,
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['authorization_code', 'client_credentials'],
    post_logout_redirect_uris: ['https://app.example/'],
    require_pushed_authorization_requests: true,
    dpop_bound_access_tokens: true,
    jwks: { keys: [{ ...testKeys.ES256.publicJwk, kid: 'one', use: 'sig', alg: 'ES256', x5t: 'dropped' }] },
  }
  const { x5t: _, ...kept } = asked.jwks.keys[0] ?? { x5t: '' }
  const information = await registered(openForRegistration(), asked)
  expect(information).toMatchObject({ ...asked, jwks: { keys: [kept] } })
  expect(information.jwks.keys[0]).not.toHaveProperty('x5t')
  expect(information).not.toHaveProperty('client_secret')
})

test('a registered client gets tokens', async () => {
  const opened = openForRegistration()
  const { client_id, client_secret } = await registered(opened, {
    grant_types: ['client_credentials'],
    scope: 'profile',
  })
  const request = new Request(opened.server.endpoints.token, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: basic(client_id, client_secret),
    },
    body: 'grant_type=client_credentials',
  })
  expect((await tokenRequest(opened.server, request)).status).toBe(200)
})

requirement(['G-002', 'DCR-02', 'DCR-04'], 'refuses redirect URIs that are not safe', async () => {
  const opened = openForRegistration()
  for (const uri of [
    'http://app.example/callback',
    'https://app.example/callback#fragment',
    'https://app.example/callback#',
    'https://*.example/callback',
    'https://app.example/*',
    'javascript:alert(1)',
    'data:text/html,x',
    'com.example.app:/callback',
    'https://user@app.example/callback',
    'https://app.example\\@evil.example/',
    'https://app.example/a/../callback',
    'HTTPS://app.example/callback',
    'https://äpp.example/callback',
    'https://app.example/\r\nx',
    '/callback',
    '',
    7,
  ]) {
    const answer = await refusal(await register(opened, { ...app, redirect_uris: [uri] }))
    expect(answer, String(uri)).toBe('400 invalid_redirect_uri redirect_uris.valid')
  }
  expect(await refusal(await register(opened, { ...app, redirect_uris: [] }))).toBe(
    '400 invalid_redirect_uri redirect_uris.present',
  )
  for (const uri of [
    'http://127.0.0.1/callback',
    'http://[::1]:7777/callback',
    'http://localhost:3000/cb?x=1',
  ])
    expect((await register(opened, { ...app, redirect_uris: [uri] })).status, uri).toBe(201)
  expect(
    await refusal(await register(opened, { ...app, post_logout_redirect_uris: ['http://x.example/'] })),
  ).toBe('400 invalid_client_metadata client_metadata.valid')
})

const jwks = { keys: [testKeys.ES256.publicJwk] }

requirement(['G-003', 'DCR-03'], 'refuses jwks and jwks_uri together', async () => {
  const both = { ...app, jwks, jwks_uri: 'https://app.example/jwks' }
  expect(await refusal(await register(openForRegistration(), both))).toBe(
    '400 invalid_client_metadata client_metadata.keys',
  )
})

requirement('G-004', 'refuses keys that are private, symmetric, weak or of no use here', async () => {
  const { x, y, ...withoutPoint } = testKeys.ES256.publicJwk as Record<string, unknown>
  for (const keys of [
    [testKeys.ES256.privateJwk],
    [{ ...testKeys.ES256.publicJwk, k: 'c2VjcmV0' }],
    [{ kty: 'oct', k: 'c2VjcmV0' }],
    [{ kty: 'constructor' }],
    [JSON.parse('{"kty":"__proto__"}')],
    [{ kty: 'RSA', e: 'AQAB', n: 'AQAB' }],
    [{ ...withoutPoint, x: y, y: x }],
    [{ ...testKeys.ES256.publicJwk, use: 'enc' }],
    [{ ...testKeys.ES256.publicJwk, alg: 'RS256' }],
    [{ ...testKeys.ES256.publicJwk, kid: 7 }],
    [
      { ...testKeys.ES256.publicJwk, kid: 'same' },
      { ...testKeys.otherES256.publicJwk, kid: 'same' },
    ],
  ]) {
    const answer = await refusal(
      await register(openForRegistration(), {
        ...app,
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys },
      }),
    )
    expect(answer, JSON.stringify(keys)).toBe('400 invalid_client_metadata client_metadata.keys')
  }
})

requirement('G-005', 'fetches nothing that the metadata names', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  for (const url of ['https://127.0.0.1/', 'https://169.254.169.254/latest', 'https://[::]/']) {
    const named = { jwks_uri: url, logo_uri: url, sector_identifier_uri: url, policy_uri: url }
    const information = await registered(openForRegistration(), { ...app, ...named })
    expect(information).not.toHaveProperty('logo_uri')
  }
  for (const jwks_uri of ['http://app.example/jwks', 'file:///etc/passwd', 'https://user@app.example/'])
    expect((await register(openForRegistration(), { ...app, jwks_uri })).status, jwks_uri).toBe(400)
  expect(fetched).not.toHaveBeenCalled()
  fetched.mockRestore()
})

requirement('G-006', 'refuses members that contradict each other', async () => {
  for (const change of [
    { grant_types: ['client_credentials'] },
    { grant_types: ['authorization_code', 'client_credentials'] },
    { grant_types: ['refresh_token'], token_endpoint_auth_method: 'client_secret_basic' },
    { response_types: ['code'], grant_types: [] },
    { token_endpoint_auth_method: 'private_key_jwt' },
  ]) {
    const answer = await refusal(await register(openForRegistration(), { ...app, ...change }))
    expect(answer, JSON.stringify(change)).toBe('400 invalid_client_metadata client_metadata.agrees')
  }
})

requirement(
  ['G-007', 'DCR-04'],
  'takes no value for another type, and nothing that it does not serve',
  async () => {
    for (const change of [
      { dpop_bound_access_tokens: 'true' },
      { dpop_bound_access_tokens: 1 },
      { dpop_bound_access_tokens: null },
      { require_pushed_authorization_requests: 'false' },
      { token_endpoint_auth_method: 'client_secret_jwt' },
      { grant_types: ['password'] },
      { grant_types: 'authorization_code' },
      { response_types: ['token'] },
      { client_name: 7 },
      { jwks: 'x' },
      { jwks: { keys: [] } },
      { scope: ['openid'] },
    ]) {
      const answer = await refusal(await register(openForRegistration(), { ...app, ...change }))
      expect(answer, JSON.stringify(change)).toBe('400 invalid_client_metadata client_metadata.valid')
    }
    expect(await refusal(await register(openForRegistration(), { ...app, scope: 'openid admin' }))).toBe(
      '400 invalid_client_metadata client_metadata.scope',
    )
  },
)

requirement(['G-009', 'DCR-04'], "ignores members that are the server's, or that nobody knows", async () => {
  const opened = openForRegistration()
  const information = await registered(opened, {
    ...app,
    client_id: 'web',
    client_secret: 'chosen',
    client_secret_hash: 'chosen',
    registration_access_token: 'chosen',
    introspects: ['https://api.example/api/profile'],
    rotate_refresh_tokens: true,
    unknown: { a: 1 },
    __proto__: { polluted: true },
  })
  expect(information.client_id).not.toBe('web')
  expect(information.registration_access_token).not.toBe('chosen')
  expect(await opened.server.clients.find(information.client_id)).toMatchObject({
    introspects: [],
    rotate_refresh_tokens: false,
  })
  expect(await opened.server.clients.find(information.client_id)).not.toHaveProperty('client_secret_hash')
})

requirement('G-012', 'answers 429 when too many have registered within the hour, and recovers', async () => {
  const opened = openForRegistration({ registrationQuota: 3 })
  for (let i = 0; i < 3; i++) expect((await register(opened, app)).status).toBe(201)
  const flooded = await register(opened, app)
  expect(flooded.headers.get('retry-after')).toBe('1')
  expect(await refusal(flooded)).toBe('429 temporarily_unavailable registration.rate')
  opened.clock.advance(3601)
  expect((await register(opened, app)).status).toBe(201)
})

test('a body that is no JSON object, or too large, is refused', async () => {
  const opened = openForRegistration()
  for (const body of ['', '[]', 'null', '{"client_name":"a","client_name":"b"}', '{'])
    expect(await refusal(await register(opened, body)), body).toBe(
      '400 invalid_client_metadata client_metadata.form',
    )
  expect(await refusal(await register(opened, { ...app, client_name: 'x'.repeat(65_536) }))).toBe(
    '413 invalid_request body.size',
  )
})
