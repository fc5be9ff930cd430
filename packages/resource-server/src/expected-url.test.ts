import { requirement } from '@keybound/testkit'
import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { protectedProfile } from '../test/protected-profile.ts'
import { resource } from '../test/test-issuer.ts'
import { withAccess } from './adapters/hono.ts'
import { expectedUrl } from './expected-url.ts'
import { explainAccess } from './explain-access.ts'

const request = (url: string) => ({ method: 'GET', url, headers: new Headers() })

test('is that of the resource unless the route says otherwise', () => {
  const received = request('http://10.0.0.7:3000/api/orders/7?x=1')
  expect(expectedUrl(received, {}, resource)).toBe(resource)
  expect(expectedUrl(received, { url: 'https://as.example/userinfo' }, resource)).toBe(
    'https://as.example/userinfo',
  )
  for (const baseUrl of ['https://api.example/v1', 'https://api.example/v1/'])
    expect(expectedUrl(received, { baseUrl }, resource)).toBe('https://api.example/v1/api/orders/7')
  expect(
    expectedUrl(request('http://localhost//evil.example/x'), { baseUrl: 'https://api.example' }, ''),
  ).toBe('https://api.example//evil.example/x')
})

requirement(
  ['DPOP-4.3-09', 'P-062', 'P-072'],
  'a proof for one path of a route with parameters is good for that path alone, at the public URL alone',
  async () => {
    const profile = protectedProfile()
    const baseUrl = 'https://public.example/v1'
    const app = new Hono()
    const needs = { scope: 'profile', baseUrl }
    app.get(
      '/orders/:id',
      withAccess(profile.answer, needs, (c) => c.text(c.req.param('id') ?? '')),
    )
    const token = await profile.token()
    const ask = async (path: string, url: string) => {
      const proof = await profile.proof(token, { url })
      const sent = profile.request({
        token,
        proof,
        url: `http://evil.example${path}`,
        headers: { host: 'evil.example' },
      })
      const { checks } = await explainAccess(profile.options)(sent, needs)
      const response = await app.request(sent)
      return [response.status, checks.find(({ status }) => status === 'fail')?.id]
    }
    expect(await ask('/orders/7?page=2', `${baseUrl}/orders/7`)).toEqual([200, undefined])
    for (const url of [
      `${baseUrl}/orders/8`,
      'http://evil.example/orders/7',
      'https://public.example/orders/7',
      resource,
    ])
      expect(await ask('/orders/7', url), url).toEqual([401, 'htu.match'])
  },
)
