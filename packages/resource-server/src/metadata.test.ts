import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { protectedResourceMetadata, resourceMetadataUrl } from './metadata.ts'

const resource = 'https://api.example/api/profile'

requirement(['RFC9728-03', 'RFC9728-05'], 'says how the resource is protected, without empty lists', () => {
  const authorizationServers = ['https://as.example']
  const algs = ['ES256', 'EdDSA']
  expect(
    protectedResourceMetadata({
      resource,
      authorizationServers,
      algs,
      scopes: ['profile'],
      name: 'Profiles',
    }),
  ).toEqual({
    resource,
    authorization_servers: authorizationServers,
    scopes_supported: ['profile'],
    bearer_methods_supported: ['header'],
    resource_name: 'Profiles',
    dpop_signing_alg_values_supported: algs,
    dpop_bound_access_tokens_required: true,
  })
  const beside = protectedResourceMetadata({
    resource,
    authorizationServers,
    algs,
    schemes: ['DPoP', 'Bearer'],
  })
  expect(beside).not.toHaveProperty('scopes_supported')
  expect(beside.dpop_bound_access_tokens_required).toBe(false)
})

requirement('RFC9728-01', 'lies between the host and the path of the resource', () => {
  const path = 'https://api.example/.well-known/oauth-protected-resource'
  expect(resourceMetadataUrl(resource)).toBe(`${path}/api/profile`)
  expect(resourceMetadataUrl('https://api.example')).toBe(path)
  expect(resourceMetadataUrl('https://api.example/')).toBe(path)
})

test('a resource identifier must be absolute', () => {
  expect(() => resourceMetadataUrl('/api/profile')).toThrow(TypeError)
})
