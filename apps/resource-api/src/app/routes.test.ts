import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { openApi } from '../../test/open-api.ts'
import { publish } from '../resource-api.ts'
import {
  POST as postMetadata,
  GET as readMetadata,
} from './.well-known/oauth-protected-resource/api/profile/route.ts'
import { POST as postNothing, GET as readNothing } from './[[...path]]/route.ts'
import { GET as readHealth } from './healthz/route.ts'
import { GET as readReadiness } from './readyz/route.ts'

requirement(
  ['RFC9728-01', 'RFC9728-03', 'S-024'],
  'says how the profile is protected, from memory and for any cache',
  async () => {
    const { server } = openApi()
    server.down = true
    const response = readMetadata()
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(await response.json()).toEqual({
      resource: 'https://api.example/api/profile',
      authorization_servers: ['https://as.example'],
      scopes_supported: ['profile', 'profile:write'],
      bearer_methods_supported: ['header'],
      resource_name: 'Keybound profile',
      dpop_signing_alg_values_supported: ['ES256', 'PS256', 'Ed25519', 'EdDSA'],
      dpop_bound_access_tokens_required: true,
    })
    expect(postMetadata().headers.get('allow')).toBe('GET, HEAD, OPTIONS')
  },
)

test('lives while its process does, and is ready while its store answers', async () => {
  const { api } = openApi()
  expect(readHealth().status).toBe(200)
  expect((await readReadiness()).status).toBe(200)
  publish({ ...api, ping: () => Promise.reject(new Error('SQLITE_BUSY: secret')) })
  const response = await readReadiness()
  expect(response.status).toBe(503)
  expect(await response.json()).toEqual({ status: 'unavailable', store: 'no answer' })
})

test('there is nothing under any other path, whatever the method', async () => {
  for (const response of [readNothing(), postNothing()]) {
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: 'not_found' })
  }
})
