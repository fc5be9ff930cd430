import type { IncomingMessage, ServerResponse } from 'node:http'
import { openFrontDoor } from '@keybound/front-door'
import { requirement } from '@keybound/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createListener } from './listener.ts'

let seen: IncomingMessage['headers'][] = []
let door: Awaited<ReturnType<typeof openFrontDoor>>

/** As Next does: replaces Vary, and answers. */
function next(req: IncomingMessage, res: ServerResponse): void {
  seen.push(req.headers)
  res.setHeader('Vary', 'rsc')
  res.end('next')
}

beforeAll(async () => {
  const handler = createListener({ next, webOrigin: 'https://app.example', publicUrl: 'https://api.example' })
  door = await openFrontDoor({ handler, host: '127.0.0.1', port: 0 })
})

afterAll(() => door.close())

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  seen = []
  return fetch(door.url + path, { redirect: 'manual', ...init })
}

test('every answer is protected, varies and can be found in the log (OPS-04, OPS-06, OPS-08)', async () => {
  const { headers } = await send('/api/profile')
  expect(headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'")
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=\d+/)
  expect(headers.get('vary')).toBe('Origin, Authorization, DPoP')
  expect(headers.get('x-powered-by')).toBeNull()
  expect(headers.get('date')).not.toBeNull()
  expect(headers.get('x-correlation-id')).toBe(seen[0]?.['x-correlation-id'])
})

test('nobody chooses a correlation id', async () => {
  const { headers } = await send('/api/profile', { headers: { 'x-correlation-id': 'mine' } })
  expect(headers.get('x-correlation-id')).not.toBe('mine')
  expect(seen[0]?.['x-correlation-id']).not.toContain('mine')
})

describe('CORS', () => {
  requirement(
    ['S-021', 'S-022', 'DPOP-7.1-14'],
    'a preflight of the web app is answered without asking Next',
    async () => {
      const headers = { origin: 'https://app.example', 'access-control-request-method': 'PATCH' }
      const response = await send('/api/profile', { method: 'OPTIONS', headers })
      expect(response.status).toBe(204)
      expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example')
      expect(response.headers.get('access-control-allow-methods')).toContain('PATCH')
      expect(response.headers.get('access-control-allow-headers')).toBe('Authorization, DPoP, Content-Type')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      expect(seen).toEqual([])
    },
  )

  requirement('S-022', 'an answer may be read by the web app', async () => {
    const { headers } = await send('/api/profile', { headers: { origin: 'https://app.example' } })
    expect(headers.get('access-control-allow-origin')).toBe('https://app.example')
    expect(headers.get('vary')).toContain('Origin')
  })

  test.each([
    'null',
    'https://app.example.evil.test',
    'https://evil-app.example',
    'https://sub.app.example',
    'http://app.example',
    'https://app.example:444',
    'https://app.example/',
    'HTTPS://APP.EXAMPLE',
  ])('and by no page of %s (S-023)', async (origin) => {
    const { headers } = await send('/api/profile', { headers: { origin } })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    const preflight = { origin, 'access-control-request-method': 'GET' }
    const answer = await send('/api/profile', { method: 'OPTIONS', headers: preflight })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    expect(answer.headers.get('access-control-allow-headers')).toBeNull()
  })

  test('metadata may be read by everybody', async () => {
    const { headers } = await send('/.well-known/oauth-protected-resource')
    expect(headers.get('access-control-allow-origin')).toBe('*')
  })
})

describe('what Next would answer in its own way', () => {
  test.each([
    '/_next/static/x.js',
    '/_next/data/x/api/profile.json',
    '/_not-found',
    '/_error',
    '/404',
    '/500',
    '/api/profile/',
  ])('%s is nobody’s path (S-026)', async (path) => {
    const response = await send(path)
    expect(response.status).toBe(404)
    expect(await response.json()).toMatchObject({ error: 'not_found' })
    expect(seen).toEqual([])
  })

  test.each(['PROPFIND', 'REPORT', 'SUBSCRIBE'])('%s is no method of this API', async (method) => {
    const response = await send('/api/profile', { method })
    expect(response.status).toBe(501)
    expect(await response.json()).toMatchObject({ error: 'not_implemented' })
  })

  requirement('S-026', 'requests cannot pass for those of its router', async () => {
    const names = [
      'rsc',
      'next-action',
      'next-router-prefetch',
      'x-nextjs-data',
      'x-prerender-revalidate',
      'purpose',
    ]
    const headers = Object.fromEntries(names.map((name) => [name, '1']))
    await send('/api/profile', {
      headers: { ...headers, 'x-middleware-subrequest': 'middleware', authorization: 'DPoP x' },
    })
    expect(
      Object.keys(seen[0] ?? {}).filter((name) => [...names, 'x-middleware-subrequest'].includes(name)),
    ).toEqual([])
    expect(seen[0]?.authorization).toBe('DPoP x')
  })
})
