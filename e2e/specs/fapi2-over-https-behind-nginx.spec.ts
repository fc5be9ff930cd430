import { type ConnectionOptions, connect } from 'node:tls'
import { expect, test } from '@playwright/test'
import { flowWithOauth4webapi, flowWithOpenidClient } from '../harness/fapi2-flow.ts'
import { fetchTrusting } from '../harness/fetch-trusting.ts'
import { findNginx } from '../harness/nginx.ts'
import { type Fapi2Platform, openFapi2Platform } from '../harness/open-fapi2-platform.ts'

const nginx = findNginx()
let opened: Fapi2Platform

test.describe.configure({ mode: 'serial', timeout: 180_000 })
test.skip(nginx === undefined, 'nginx is not installed')

test.beforeAll(async () => {
  if (nginx) opened = await openFapi2Platform(nginx)
})

test.afterAll(async () => {
  await opened?.close()
})

test('the metadata of an issuer with a path is at the place of RFC 8414 and speaks of https alone (META-01, META-02)', async () => {
  const { issuer } = opened.platform
  const send = fetchTrusting(opened.nginx.ca)
  const { origin, pathname } = new URL(issuer)
  expect(pathname).toBe('/auth')
  const places = [
    `${origin}/.well-known/oauth-authorization-server${pathname}`,
    `${issuer}/.well-known/openid-configuration`,
  ]
  for (const place of places) {
    const response = await send(place)
    expect(response.headers.get('strict-transport-security')).toContain('max-age=')
    const metadata = (await response.json()) as Record<string, unknown>
    expect(metadata).toMatchObject({
      issuer,
      require_pushed_authorization_requests: true,
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    })
    for (const [name, value] of Object.entries(metadata))
      if (/_endpoint$|_uri$/.test(name)) expect(value, name).toMatch(new RegExp(`^${issuer}/`))
  }
})

test('oauth4webapi runs the whole flow of FAPI 2.0 (FAPI-01, FAPI-02)', async () => {
  await flowWithOauth4webapi(opened, opened.clients[0])
})

test('openid-client runs it too, with opaque access tokens, which the API takes (FAPI-01, FAPI-04)', async () => {
  const token = await flowWithOpenidClient(opened, opened.clients[1])
  expect(token).toMatch(/^at_/)
})

test('next-auth signs a person in over https', async ({ browser }) => {
  const { web, issuer } = opened.platform
  const { sub, username, password } = opened.user
  const context = await browser.newContext({ ignoreHTTPSErrors: true })
  const page = await context.newPage()
  await page.goto(`${web}/sign-in?callbackUrl=%2Fprofile`)
  await page.getByRole('main').getByRole('button', { name: 'Sign in with Keybound' }).click()
  await page.waitForURL((url) => url.href.startsWith(`${issuer}/`))
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.getByRole('button', { name: 'Allow', exact: true }).click()
  await page.waitForURL(`${web}/profile`)
  await expect(page.getByRole('main')).toContainText(sub)
  const cookies = await context.cookies()
  for (const { name, secure, httpOnly } of cookies)
    expect([name, secure, httpOnly]).toEqual([expect.stringMatching(/^__(Host|Secure)-/), true, true])
  await context.close()
})

test('TLS is 1.2 with ECDHE and AES-GCM, or 1.3, at the authorization server and at the API (FAPI-05)', async () => {
  for (const url of [opened.platform.issuer, opened.platform.api]) {
    const port = Number(new URL(url).port)
    const only12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2' } as const
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const
    expect(await cipher(port, { minVersion: 'TLSv1.3' })).toMatch(/^TLS_/)
    for (const ciphers of ['ECDHE-RSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES256-GCM-SHA384'])
      expect(await cipher(port, { ...only12, ciphers })).toBe(ciphers)
    for (const ciphers of ['AES128-GCM-SHA256', 'ECDHE-RSA-AES128-SHA256', 'ECDHE-RSA-CHACHA20-POLY1305'])
      expect(await cipher(port, { ...only12, ciphers }), ciphers).toBeUndefined()
    expect(await cipher(port, old)).toBeUndefined()
  }
})

test('a token request in the clear is 400 and not redirected (N-013)', async () => {
  const url = `${opened.platform.issuer.replace('https:', 'http:')}/token`
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(), redirect: 'manual' })
  expect(response.status).toBe(400)
  expect(response.headers.has('location')).toBe(false)
})

/** The cipher suite that the server agrees on, or undefined where it agrees on none. */
function cipher(port: number, options: ConnectionOptions): Promise<string | undefined> {
  const { ca } = opened.nginx
  return new Promise((resolve) => {
    const socket = connect({ host: 'localhost', port, servername: 'localhost', ca, ...options }, () => {
      const { name } = socket.getCipher()
      socket.end(() => resolve(name))
    })
    socket.once('error', () => resolve(undefined))
  })
}
