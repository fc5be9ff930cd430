import { requirement } from '@keybound/testkit'
import { describe, expect, test } from 'vitest'
import { openApp } from '../../test/open-app.ts'

const app = await openApp()

/** Every path with the methods that it takes. */
const table: readonly (readonly [path: string, methods: string])[] = [
  ['/.well-known/oauth-authorization-server', 'GET, HEAD, OPTIONS'],
  ['/.well-known/openid-configuration', 'GET, HEAD, OPTIONS'],
  ['/jwks', 'GET, HEAD, OPTIONS'],
  ['/par', 'POST, OPTIONS'],
  ['/authorize', 'GET, POST, HEAD'],
  ['/login', 'GET, POST, HEAD'],
  ['/consent', 'GET, POST, HEAD'],
  ['/token', 'POST, OPTIONS'],
  ['/userinfo', 'GET, POST, HEAD, OPTIONS'],
  ['/introspect', 'POST'],
  ['/revoke', 'POST, OPTIONS'],
  ['/logout', 'GET, POST, HEAD'],
  ['/account', 'GET, POST, HEAD'],
  ['/healthz', 'GET, HEAD'],
  ['/readyz', 'GET, HEAD'],
]

describe.each(table)('%s', (path, methods) => {
  requirement(['T-020', 'R-003'], 'another method gets 405 with Allow and a JSON error', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (methods.includes(method)) continue
      const response = await app.send(path, { method })
      expect(response.status, method).toBe(405)
      expect(response.headers.get('allow')).toBe(methods)
      expect(await response.json()).toMatchObject({ error: 'invalid_request' })
    }
  })

  test('has the headers that every answer has, and nothing that names the software (OPS-02, OPS-06)', async () => {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const { headers } = await app.send(path, { method })
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'.*frame-ancestors 'none'/)
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin')
      expect(headers.get('permissions-policy')).toContain('camera=()')
      expect(headers.get('cache-control')).toMatch(/no-store|public/)
      expect(headers.get('strict-transport-security')).toBeNull()
      expect(headers.get('server')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
      expect(headers.get('x-correlation-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })
})

test('an unknown path, a trailing slash and another case are 404 with JSON', async () => {
  for (const path of ['/', '/nothing', '/token/', '/Token', '/token/x', '/assets/', '/.well-known']) {
    for (const method of ['GET', 'POST']) {
      const response = await app.send(path, { method })
      expect(response.status, path).toBe(404)
      expect(await response.json()).toMatchObject({ error: 'not_found' })
    }
  }
})

test('metadata may be cached by anyone and read from anywhere (OPS-07)', async () => {
  for (const path of [
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
    '/jwks',
  ]) {
    const response = await app.send(path, { headers: { origin: 'https://anyone.example' } })
    expect(response.status).toBe(200)
    expect(response.headers.get('cache-control')).toBe('public, max-age=300')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    expect(response.headers.get('content-type')).toBe('application/json')
  }
})

requirement('I-012', 'the metadata does not follow Host or a forwarding header', async () => {
  const headers = {
    'x-forwarded-host': 'evil.test',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.test',
  }
  const spoofed = await app.app.request('http://evil.test/.well-known/openid-configuration', { headers })
  const text = await spoofed.text()
  expect(text).not.toContain('evil.test')
  expect(JSON.parse(text)).toMatchObject({ issuer: 'http://localhost:4000' })
})

requirement(
  'META-01',
  'an issuer with a path has its metadata where RFC 8414 and OpenID Connect put it',
  async () => {
    const tenant = await openApp({ issuer: 'https://as.example/tenant' })
    const paths = [
      '/.well-known/oauth-authorization-server/tenant',
      '/tenant/.well-known/openid-configuration',
    ]
    for (const path of paths) {
      const response = await tenant.send(path)
      expect(response.status, path).toBe(200)
      expect(await response.json()).toMatchObject({
        issuer: 'https://as.example/tenant',
        token_endpoint: 'https://as.example/tenant/token',
      })
    }
    expect((await tenant.send('/tenant/token')).status).toBe(405)
    expect((await tenant.send('/token')).status).toBe(404)
  },
)

test('over https every answer asks for https from now on (OPS-04)', async () => {
  const secure = await openApp({ issuer: 'https://as.example' })
  for (const path of ['/login', '/token', '/nothing'])
    expect((await secure.send(path)).headers.get('strict-transport-security')).toMatch(/^max-age=63072000/)
})

test('readyz says 503 while the store does not answer, healthz stays', async () => {
  const broken = await openApp({}, { ping: () => Promise.reject(new Error('down')) })
  expect((await broken.send('/healthz')).status).toBe(200)
  const response = await broken.send('/readyz')
  expect(response.status).toBe(503)
  expect(await response.text()).not.toContain('down')
})

test('the stylesheet is kept for ever under its own name', async () => {
  const html = await (await app.send('/login')).text()
  const [, href = ''] = /rel="stylesheet" href="([^"]+)"/.exec(html) ?? []
  const response = await app.send(href)
  expect(response.headers.get('content-type')).toMatch(/^text\/css/)
  expect(response.headers.get('cache-control')).toContain('immutable')
})

test('an issuer with a path says how it is at the root and under the path', async () => {
  const tenant = await openApp({ issuer: 'https://as.example/tenant' })
  for (const path of ['/healthz', '/readyz', '/tenant/healthz', '/tenant/readyz'])
    expect((await tenant.send(path)).status, path).toBe(200)
})
