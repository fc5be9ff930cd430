import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { authorizationPath } from '../../test/authorization.ts'
import { Browser, shown } from '../../test/browser.ts'
import { password } from '../../test/clients.ts'
import { openApp } from '../../test/open-app.ts'

const initialAccessToken = 'MEpvYj4PcnP3h1o0Tn3JmsUoQb9YyLcdQ2wqU9cT1zk'
const app = await openApp({ initialAccessToken })

const metadata = {
  client_name: 'An app',
  token_endpoint_auth_method: 'none',
  redirect_uris: ['https://app.example/callback'],
  scope: 'openid profile',
}

function register(to: typeof app, body: object, token = initialAccessToken): Promise<Response> {
  return to.send('/register', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

test('a client registers, reads, changes and ends its registration over HTTP, and nothing of it is logged', async () => {
  const client = await (await register(app, metadata)).json()
  const { pathname } = new URL(client.registration_client_uri)
  const headers = {
    authorization: `Bearer ${client.registration_access_token}`,
    'content-type': 'application/json',
  }
  const body = JSON.stringify({ ...metadata, client_id: client.client_id, client_name: 'Renamed' })
  expect(await (await app.send(pathname, { headers })).json()).toEqual(client)
  expect((await (await app.send(pathname, { method: 'PUT', headers, body })).json()).client_name).toBe(
    'Renamed',
  )
  expect((await app.send(pathname, { method: 'POST', headers, body })).headers.get('allow')).toBe(
    'GET, PUT, DELETE, HEAD',
  )
  expect((await app.send(pathname, { method: 'DELETE', headers })).status).toBe(204)
  expect((await app.send(pathname, { headers })).status).toBe(401)
  const log = app.written.join('')
  expect(log).toContain('/register/:client_id')
  for (const secret of [initialAccessToken, client.registration_access_token])
    expect(log).not.toContain(secret)
})

requirement('G-001', 'without the variable nobody registers', async () => {
  const closed = await openApp()
  for (const token of [initialAccessToken, 'undefined', ''])
    expect([400, 401]).toContain((await register(closed, metadata, token)).status)
  const discovery = await (await closed.send('/.well-known/openid-configuration')).json()
  expect(discovery).not.toHaveProperty('registration_endpoint')
})

requirement(
  'G-008',
  'a name that a client gave itself stands on the consent page as plain, short text',
  async () => {
    const client_name = `<img src=x onerror=alert(1)>\u202Egro.live\u200B\u0000${'x'.repeat(10_000)}`
    const response = await register(app, { ...metadata, client_name })
    const { client_id, client_name: kept } = await response.json()
    expect(kept).toHaveLength(200)

    const browser = new Browser(app)
    const path = authorizationPath({ client_id, redirect_uri: 'https://app.example/callback' })
    const login = await browser.show(path)
    const consent = shown(await browser.press(login, 'login', { username: 'alice', password }))
    for (const { html } of [login, consent]) {
      expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;gro.live')
      expect(html).not.toMatch(/<img|[\u202E\u200B\0]|x{100}/)
    }
  },
)
