import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { api, otherApi } from '../test/clients.ts'
import { issuer, openServer } from '../test/server.ts'
import { createAuthorizationServer } from './authorization-server.ts'
import { grants } from './grants/grants.ts'
import { authorizationServerMetadata } from './metadata.ts'

requirement(
  ['META-02', 'META-04', 'META-06', 'META-07', 'DPOP-5.1-01', 'ISS-02', 'I-012', 'BCP-13'],
  'the metadata names everything that is enforced',
  () => {
    const { server } = openServer()
    expect(authorizationServerMetadata(server)).toEqual({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: `${issuer}/token`,
      pushed_authorization_request_endpoint: `${issuer}/par`,
      introspection_endpoint: `${issuer}/introspect`,
      revocation_endpoint: `${issuer}/revoke`,
      userinfo_endpoint: `${issuer}/userinfo`,
      end_session_endpoint: `${issuer}/logout`,
      jwks_uri: `${issuer}/jwks`,
      scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'profile:write', 'orders'],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'form_post'],
      grant_types_supported: Object.keys(grants),
      code_challenge_methods_supported: ['S256'],
      prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
      ui_locales_supported: ['en'],
      authorization_response_iss_parameter_supported: true,
      require_pushed_authorization_requests: false,
      request_parameter_supported: false,
      request_uri_parameter_supported: false,
      token_endpoint_auth_methods_supported: [
        'private_key_jwt',
        'client_secret_basic',
        'client_secret_post',
        'none',
      ],
      token_endpoint_auth_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA'],
      introspection_endpoint_auth_methods_supported: [
        'private_key_jwt',
        'client_secret_basic',
        'client_secret_post',
      ],
      introspection_endpoint_auth_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA'],
      revocation_endpoint_auth_methods_supported: [
        'private_key_jwt',
        'client_secret_basic',
        'client_secret_post',
        'none',
      ],
      revocation_endpoint_auth_signing_alg_values_supported: ['ES256', 'PS256', 'EdDSA'],
      dpop_signing_alg_values_supported: ['ES256', 'PS256', 'Ed25519', 'EdDSA'],
      protected_resources: [api, otherApi],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256'],
      acr_values_supported: ['urn:keybound:acr:password'],
      claims_parameter_supported: true,
      claims_supported: [
        'sub',
        'iss',
        'auth_time',
        'acr',
        'name',
        'locale',
        'updated_at',
        'email',
        'email_verified',
      ],
    })
  },
)

requirement('META-05', 'has no empty array, and follows the options', () => {
  const { server } = openServer({ requirePushedAuthorizationRequests: true })
  const metadata = authorizationServerMetadata(server)
  expect(metadata.require_pushed_authorization_requests).toBe(true)
  for (const value of Object.values(metadata)) expect(value).not.toEqual([])
})

test('an issuer may have a path prefix; one with a query, a fragment or no scheme is a mistake', () => {
  const { server } = openServer()
  const prefixed = createAuthorizationServer({ ...server, issuer: 'https://example.com/tenant/' })
  expect(prefixed.issuer).toBe('https://example.com/tenant')
  expect(prefixed.endpoints.token).toBe('https://example.com/tenant/token')
  for (const wrong of [
    'example.com',
    'https://example.com?x',
    'https://example.com#x',
    'https://',
    'ftp://example.com',
  ]) {
    expect(() => createAuthorizationServer({ ...server, issuer: wrong }), wrong).toThrow(TypeError)
  }
})
