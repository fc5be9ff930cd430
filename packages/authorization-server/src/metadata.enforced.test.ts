import { createProof, generateKey, type Signer } from '@keybound/dpop'
import { requirement } from '@keybound/testkit'
import { decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { describe, expect } from 'vitest'
import { clients, secret } from '../test/clients.ts'
import { answered, authorizationParameters, begun, exchange, finish, getAuthorize } from '../test/flow.ts'
import { assertion, assertionForm, basic, formBody, type Parameters, send } from '../test/requests.ts'
import { issuer, type Opened, openServer } from '../test/server.ts'
import { type Client, introspectionRequest, revocationRequest, secretHash, tokenRequest } from './index.ts'
import { authorizationServerMetadata } from './metadata.ts'
import { pushedAuthorizationRequest } from './pushed-authorization-request.ts'

const methods = [
  'private_key_jwt',
  'client_secret_basic',
  'client_secret_post',
  'none',
  'client_secret_jwt',
] as const

/** A client of every method, over this server. */
async function openWith(securityProfile: 'baseline' | 'fapi2') {
  const opened = openServer({ securityProfile })
  const { jwks: _, ...common } = clients.web
  for (const method of methods.slice(0, 4) as Client['token_endpoint_auth_method'][]) {
    await opened.stores.saveClient({
      ...common,
      client_id: method,
      token_endpoint_auth_method: method,
      ...(method === 'private_key_jwt' && clients.web.jwks && { jwks: { keys: clients.web.jwks.keys } }),
      ...(method.startsWith('client_secret') && { client_secret_hash: secretHash(secret) }),
    })
  }
  return { opened, metadata: authorizationServerMetadata(opened.server) }
}

/** A form that authenticates the client of this method, and is of no use otherwise. */
async function authenticatedBy(method: string, { clock }: Opened, form: Parameters): Promise<RequestInit> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const jwt = method === 'private_key_jwt' && (await assertion(method, clock.now(), {}, { kid: 'web-key' }))
  const all = {
    ...form,
    ...(method === 'none' && { client_id: method }),
    ...(method === 'client_secret_post' && { client_id: method, client_secret: secret }),
    ...(method === 'client_secret_jwt' && assertionForm(`${btoa('{"alg":"HS256"}')}.e30.x`)),
    ...(jwt && assertionForm(jwt)),
  }
  const authorization = method === 'client_secret_basic' && { authorization: basic(method, secret) }
  return { method: 'POST', headers: { ...headers, ...authorization }, body: formBody(all) }
}

/** What a pushed request of `web` gets that is good save for this. */
async function pushing(opened: Opened, change: Parameters, proof: Signer | false = false): Promise<string> {
  const { client_id: _, ...parameters } = authorizationParameters('web', change)
  const response = await send(opened, '/par', parameters, { client: 'web', proof })
  return response.status === 201 ? 'accepted' : (await response.json()).error
}

describe.each(['baseline', 'fapi2'] as const)('the metadata in %s', (profile) => {
  requirement(
    ['META-07', 'FAPI-01'],
    'names every client authentication method that is taken, at each endpoint, and no other',
    async () => {
      const { opened, metadata } = await openWith(profile)
      for (const method of methods) {
        for (const [name, endpoint, form] of [
          ['token', tokenRequest, { grant_type: 'refresh_token', refresh_token: 'x' }],
          ['token', pushedAuthorizationRequest, { response_type: 'code' }],
          ['revocation', revocationRequest, { token: 'x' }],
          ['introspection', introspectionRequest, { token: 'x' }],
        ] as const) {
          const init = await authenticatedBy(method, opened, form)
          const response = await endpoint(opened.server, new Request(`${issuer}/x`, init))
          const named = metadata[`${name}_endpoint_auth_methods_supported` as const]?.includes(method)
          expect(response.status === 401, `${method} at ${endpoint.name}`).toBe(!named)
        }
      }
    },
  )

  requirement(['META-07', 'FAPI-05'], 'names every algorithm of assertions, and no other', async () => {
    const { opened, metadata } = await openWith(profile)
    for (const alg of ['ES256', 'PS256', 'EdDSA', 'RS256', 'ES384', 'PS512']) {
      const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
      const jwks = { keys: [await exportJWK(publicKey)] }
      await opened.stores.saveClient({ ...clients.web, jwks })
      const now = opened.clock.now()
      const jwt = await new SignJWT({ jti: alg, exp: now + 60 })
        .setProtectedHeader({ alg })
        .setIssuer('web')
        .setSubject('web')
        .setAudience(issuer)
        .sign(privateKey)
      const form = { token: 'x', ...assertionForm(jwt) }
      const named = metadata.token_endpoint_auth_signing_alg_values_supported?.includes(alg)
      const response = await send(opened, '/revoke', form, { client: 'nobody', proof: false })
      expect(response.status === 200, alg).toBe(named)
      expect(metadata.revocation_endpoint_auth_signing_alg_values_supported?.includes(alg)).toBe(named)
      expect(metadata.introspection_endpoint_auth_signing_alg_values_supported?.includes(alg)).toBe(named)
    }
  })

  requirement(['META-07', 'DPOP-5.1-01'], 'names every algorithm of proofs, and no other', async () => {
    const { opened, metadata } = await openWith(profile)
    for (const alg of metadata.dpop_signing_alg_values_supported ?? []) {
      expect(await pushing(opened, {}, await generateKey(alg as 'ES256')), alg).toBe('accepted')
    }
    const good = await createProof(await generateKey(), { method: 'POST', url: `${issuer}/par` })
    for (const alg of ['RS256', 'ES384', 'HS256', 'none']) {
      expect(metadata.dpop_signing_alg_values_supported).not.toContain(alg)
      const header = btoa(JSON.stringify({ ...decodeProtectedHeader(good), alg })).replace(/=+$/, '')
      const proof = good.replace(/^[^.]*/, header.replaceAll('+', '-').replaceAll('/', '_'))
      const { client_id: _, ...parameters } = authorizationParameters('web')
      const response = await send(opened, '/par', parameters, { client: 'web', proof })
      expect((await response.json()).error_description).toMatch(/^alg\.allowed/)
    }
  })

  requirement(['META-06', 'META-07'], 'names every grant type, and no other', async () => {
    const { opened, metadata } = await openWith(profile)
    for (const grant_type of [
      'authorization_code',
      'refresh_token',
      'client_credentials',
      'password',
      'implicit',
      'urn:ietf:params:oauth:grant-type:device_code',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
    ]) {
      const response = await send(opened, '/token', { grant_type }, { client: 'web' })
      const { error } = await response.json()
      expect(error !== 'unsupported_grant_type', grant_type).toBe(
        metadata.grant_types_supported?.includes(grant_type),
      )
    }
  })

  requirement(
    ['META-04', 'META-07'],
    'names every value that an authorization request may have, and no other',
    async () => {
      const { opened, metadata } = await openWith(profile)
      for (const [member, parameter, values, others] of [
        [
          'response_types_supported',
          'response_type',
          ['code'],
          ['token', 'id_token', 'code id_token', 'none'],
        ],
        [
          'response_modes_supported',
          'response_mode',
          ['query', 'form_post'],
          ['fragment', 'jwt', 'query.jwt'],
        ],
        ['code_challenge_methods_supported', 'code_challenge_method', ['S256'], ['plain', undefined]],
        [
          'prompt_values_supported',
          'prompt',
          ['none', 'login', 'consent', 'select_account'],
          ['create', 'x'],
        ],
        [
          'scopes_supported',
          'scope',
          ['openid', 'profile', 'profile:write', 'offline_access'],
          ['admin', 'x'],
        ],
        [
          'protected_resources',
          'resource',
          opened.server.resources.map((r) => r.identifier),
          ['https://x.example'],
        ],
      ] as const) {
        for (const value of values) {
          expect(metadata[member], value).toContain(value)
          expect(await pushing(opened, { [parameter]: value }), value).toBe('accepted')
        }
        for (const value of others) {
          if (value !== undefined) expect(metadata[member]).not.toContain(value)
          expect(await pushing(opened, { [parameter]: value }), `${parameter} ${value}`).not.toBe('accepted')
        }
      }
    },
  )

  requirement(['META-07', 'PAR-07', 'FAPI-02'], 'says whether a request has to be pushed', async () => {
    const { opened, metadata } = await openWith(profile)
    const beginning = await getAuthorize(opened, authorizationParameters('web'))
    const refused = beginning.next === 'answer' && answered(beginning.response).error === 'invalid_request'
    expect(refused).toBe(metadata.require_pushed_authorization_requests)
  })

  requirement(
    ['META-07', 'JAR-05'],
    'says that request objects and foreign request_uris are not taken',
    async () => {
      const { opened, metadata } = await openWith(profile)
      expect([metadata.request_parameter_supported, metadata.request_uri_parameter_supported]).toEqual([
        false,
        false,
      ])
      expect(await pushing(opened, { request: 'e30.e30.x' })).toBe('request_not_supported')
      const foreign = { client_id: 'web', request_uri: 'https://web.example/request.jwt' }
      expect(await getAuthorize(opened, foreign)).toMatchObject({
        next: 'error page',
        error: { code: 'invalid_request_uri' },
      })
    },
  )

  requirement(
    ['META-04', 'ISS-01', 'ISS-02', 'FAPI-02'],
    'is kept by a whole flow: iss in the answer, the ID token signed as said, the token bound',
    async () => {
      const { opened, metadata } = await openWith(profile)
      const { client_id: _, ...parameters } = authorizationParameters('web')
      const pushed = await (await send(opened, '/par', parameters, { client: 'web' })).json()
      const front = { client_id: 'web', request_uri: pushed.request_uri }
      const { code = '', iss } = answered(await finish(opened, await begun(opened, front)))
      expect(metadata.authorization_response_iss_parameter_supported).toBe(true)
      expect(iss).toBe(metadata.issuer)
      const tokens = await (await send(opened, '/token', exchange('web', code), { client: 'web' })).json()
      expect(tokens.token_type).toBe('DPoP')
      expect(metadata.id_token_signing_alg_values_supported).toContain(
        decodeProtectedHeader(tokens.id_token).alg,
      )
    },
  )
})
