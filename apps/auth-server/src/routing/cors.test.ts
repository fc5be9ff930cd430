import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { openApp } from '../../test/open-app.ts'

const app = await openApp()
const playground = 'http://localhost:3000'

const preflight = (path: string, origin: string) =>
  app.send(path, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'dpop,content-type',
    },
  })

describe.each(['/par', '/token', '/revoke', '/userinfo'])('%s', (path) => {
  requirement(
    ['S-021', 'S-022', 'DPOP-7.1-14'],
    'lets in the origin of a public client, by a preflight of 204',
    async () => {
      const response = await preflight(path, playground)
      expect(response.status).toBe(204)
      expect(response.headers.get('access-control-allow-origin')).toBe(playground)
      expect(response.headers.get('access-control-allow-methods')).toContain('POST')
      expect(response.headers.get('access-control-allow-headers')).toBe('Authorization, Content-Type, DPoP')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      expect(response.headers.get('vary')).toBe('Origin')
    },
  )

  requirement(
    'DPOP-8-11',
    'shows a script of that origin the nonce and the challenge, of refusals too',
    async () => {
      const response = await app.send(path, { method: 'POST', headers: { origin: playground } })
      expect(response.status).toBeGreaterThanOrEqual(400)
      expect(response.headers.get('access-control-allow-origin')).toBe(playground)
      expect(response.headers.get('access-control-expose-headers')).toBe('DPoP-Nonce, WWW-Authenticate, Date')
    },
  )

  requirement('S-023', 'lets in nobody else: null, look-alikes, another port, another scheme', async () => {
    const strangers = [
      'null',
      'https://localhost:3000',
      'http://localhost:3001',
      'http://localhost:3000.evil.test',
    ]
    for (const origin of strangers) {
      const response = await preflight(path, origin)
      expect(response.status).toBe(204)
      expect(response.headers.get('access-control-allow-origin'), origin).toBeNull()
      expect(response.headers.get('vary')).toBe('Origin')
    }
  })
})

requirement('BCP-09', 'there is no CORS at /authorize, nor on any page', async () => {
  for (const path of ['/authorize', '/login', '/consent', '/logout', '/account', '/introspect']) {
    const response = await preflight(path, playground)
    expect(response.status, path).toBe(405)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
  }
})

test('while the store is away the origins that were read before stay', async () => {
  let down = false
  const publicRedirectUris = async () => {
    if (down) throw new Error('down')
    return [`${playground}/callback`, 'com.example.app:/cb']
  }
  const opened = await openApp({}, { publicRedirectUris })
  const allowed = async () =>
    (await opened.send('/token', { method: 'POST', headers: { origin: playground } })).headers.get(
      'access-control-allow-origin',
    )
  expect(await allowed()).toBe(playground)
  down = true
  opened.clock.advance(3600)
  expect(await allowed()).toBe(playground)
})
