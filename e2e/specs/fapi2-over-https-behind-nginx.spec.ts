import { lstatSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type ConnectionOptions, connect } from 'node:tls'
import { expect, test } from '@playwright/test'
import { flowWithOauth4webapi, flowWithOpenidClient } from '../harness/fapi2-flow.ts'
import { fetchTrusting } from '../harness/fetch-trusting.ts'
import { findNginx } from '../harness/nginx.ts'
import { type Fapi2Platform, openFapi2Platform } from '../harness/open-fapi2-platform.ts'
import { root } from '../harness/start-scripts.ts'
import { unprivileged } from '../harness/unprivileged.ts'

const nginx = findNginx()
const runner = unprivileged()
let opened: Fapi2Platform

test.describe.configure({ mode: 'serial', timeout: 180_000 })
test.skip(nginx === undefined, 'nginx is not installed')
test.skip(typeof runner === 'string', String(runner))

test.beforeAll(async () => {
  if (nginx && typeof runner !== 'string') opened = await openFapi2Platform(nginx, runner)
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

test('each of the three servers sends the headers of https, and nothing that names the software (OPS-04, OPS-06)', async () => {
  const { web, issuer, api } = opened.platform
  const send = fetchTrusting(opened.nginx.ca)
  for (const url of [
    `${issuer}/login`,
    `${issuer}/token`,
    `${api}/api/profile`,
    `${api}/healthz`,
    web,
    `${web}/nothing`,
  ]) {
    const { headers } = await send(url)
    expect(headers.get('strict-transport-security'), url).toBe('max-age=63072000; includeSubDomains')
    expect(headers.get('content-security-policy'), url).toMatch(/^default-src 'none'/)
    expect(headers.get('x-content-type-options'), url).toBe('nosniff')
    expect(headers.get('x-powered-by'), url).toBeNull()
  }
})

test('the servers keep their cookies apart, and what the demo shows is not there (OPS-14, OPS-18, N-017)', async () => {
  const { web, issuer, api } = opened.platform
  const send = fetchTrusting(opened.nginx.ca)
  const cookiesOf = async (url: string) =>
    (await send(url)).headers.getSetCookie().map((cookie) => cookie.split('=')[0] ?? '')
  const [ours, theirs] = [await cookiesOf(`${web}/sign-in`), await cookiesOf(`${issuer}/login`)]
  expect(ours.length * theirs.length).toBeGreaterThan(0)
  for (const name of [...ours, ...theirs]) expect(name).toMatch(/^__Host-keybound-(?:web|auth)/)
  expect(ours.filter((name) => theirs.includes(name))).toEqual([])
  for (const path of ['/journal', '/events', '/metrics']) {
    expect((await send(issuer + path)).status, path).toBe(404)
    expect((await send(api + path)).status, path).toBe(404)
  }
  expect((await send(`${web}/metrics`)).status).toBe(404)
  expect(await (await send(`${issuer}/login`)).text()).not.toContain('keybound-demo')
  const home = await (await send(`${web}/`)).text()
  expect(home).toContain('href="/playground"')
  expect(home).not.toMatch(/href="\/(?:lab|monitor)|sign in as alice/)
})

test('what browsers get was built for production: no source map, and none is named (OPS-41)', async () => {
  const { web } = opened.platform
  const send = fetchTrusting(opened.nginx.ca)
  const html = await (await send(web)).text()
  const scripts = [...html.matchAll(/src="(\/_next\/static\/[^"]+\.js)"/g)].map(([, path]) => path)
  expect(scripts.length).toBeGreaterThan(0)
  for (const path of scripts) {
    expect(await (await send(web + path)).text(), path).not.toContain('sourceMappingURL')
    expect((await send(`${web}${path}.map`)).status, path).toBe(404)
  }
})

test('whatever the servers made is in their data and for their user alone (OPS-40, OPS-42)', () => {
  const owner = typeof runner === 'object' ? runner.uid : process.getuid?.()
  const made = entriesOf(opened.platform.data).filter((path) => !path.includes('/log'))
  expect(made.length).toBeGreaterThan(8)
  for (const path of made) {
    const { uid, mode } = lstatSync(path)
    expect([path, uid, mode & 0o077]).toEqual([path, owner, 0])
  }
  if (typeof runner !== 'object') return
  const elsewhere = ['apps/auth-server/dist', 'apps/resource-api/.next-test', 'apps/web/.next-test', 'prisma']
  for (const folder of elsewhere) {
    const theirs = entriesOf(join(root, folder)).filter((path) => lstatSync(path).uid === owner)
    expect(theirs).toEqual([])
  }
})

function entriesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
}

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
