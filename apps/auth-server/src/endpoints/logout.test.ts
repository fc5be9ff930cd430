import { signJwt } from '@keybound/authorization-server'
import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { Browser, left, shown } from '../../test/browser.ts'
import { password } from '../../test/clients.ts'
import { type OpenedApp, openApp } from '../../test/open-app.ts'

const app = await openApp()
const afterwards = 'http://localhost:3000/'
const alice = '6f1c1d5e-0001-4000-8000-000000000001'

async function signedIn(at: OpenedApp = app, username = 'alice') {
  const browser = new Browser(at)
  const account = shown(await browser.press(await browser.show('/login'), 'login', { username, password }))
  expect(account.url.pathname).toBe('/account')
  return browser
}

async function isSignedIn(browser: Browser): Promise<boolean> {
  return (await browser.show('/account')).url.pathname === '/account'
}

/** An ID token of this server for the client `web`; long expired unless told otherwise. */
async function idToken(claims: Record<string, unknown> = {}): Promise<string> {
  const key = await app.dependencies.server.signingKeys.active('id token')
  const long = Math.floor(app.clock.now()) - 86_400
  const of = { iss: app.issuer, sub: alice, aud: 'web', iat: long, exp: long + 300 }
  return signJwt(key, 'JWT', { ...of, ...claims })
}

function logoutPath(parameters: Record<string, string>): string {
  return `/logout?${new URLSearchParams(parameters)}`
}

requirement(
  'A-026',
  'an expired ID token of the user ends the session and leads to the registered address',
  async () => {
    const browser = await signedIn()
    const end = await browser.open(
      logoutPath({ id_token_hint: await idToken(), post_logout_redirect_uri: afterwards, state: 'x' }),
    )
    if (!('left' in end)) throw new Error('still here')
    expect(end.left.href).toBe(`${afterwards}?state=x`)
    expect(await isSignedIn(browser)).toBe(false)
  },
)

test('without a hint the user is asked first; then the session is dead on the server too', async () => {
  const browser = await signedIn()
  const cookies = new Map(browser.cookies)
  const question = await browser.show('/logout')
  expect(question.html).toContain('Sign out?')
  expect(await isSignedIn(browser)).toBe(true)
  const done = shown(await browser.press(question, 'logout'))
  expect(done.html).toContain('You are signed out')
  for (const [name, value] of cookies) browser.cookies.set(name, value)
  expect(await isSignedIn(browser)).toBe(false)
})

test('Cancel keeps the session', async () => {
  const browser = await signedIn()
  const end = shown(await browser.press(await browser.show('/logout'), 'cancel'))
  expect(end.url.pathname).toBe('/account')
})

test('a client without a hint gets its redirect after the user said yes', async () => {
  const browser = await signedIn()
  const question = await browser.show(
    logoutPath({ client_id: 'web', post_logout_redirect_uri: afterwards, state: 'x' }),
  )
  expect(question.headers.get('content-security-policy')).toContain(
    "form-action 'self' http://localhost:3000;",
  )
  expect(left(await browser.press(question, 'logout')).get('state')).toBe('x')
})

requirement('U-017', 'an address that is not registered, or a foreign hint, leads nowhere', async () => {
  const foreign = `${(await idToken()).slice(0, -6)}AAAAAA`
  for (const parameters of [
    { id_token_hint: await idToken(), post_logout_redirect_uri: 'https://evil.test/' },
    { id_token_hint: foreign, post_logout_redirect_uri: afterwards },
    { id_token_hint: await idToken({ aud: 'cli' }), post_logout_redirect_uri: afterwards },
    { client_id: 'web', post_logout_redirect_uri: `${afterwards}x` },
  ]) {
    const browser = await signedIn()
    let page = await browser.show(logoutPath(parameters))
    if (page.html.includes('Sign out?')) page = shown(await browser.press(page, 'logout'))
    expect(page.html).toContain('You are signed out')
  }
})

requirement('A-026', 'the hint of another user does not end the session of this one unasked', async () => {
  const browser = await signedIn(app, 'bob')
  const page = await browser.show(
    logoutPath({ id_token_hint: await idToken(), post_logout_redirect_uri: afterwards }),
  )
  expect(page.html).toContain('Sign out?')
  expect(await isSignedIn(browser)).toBe(true)
})

requirement(
  'U-001',
  'a logout post without the token, or from another site, is 403 and ends nothing',
  async () => {
    const browser = await signedIn()
    const question = await browser.show('/logout')
    for (const end of [
      await browser.press(question, 'logout', { csrf: undefined }),
      await browser.press(question, 'logout', {}, { origin: 'https://evil.test' }),
      await browser.press(question, undefined, { csrf: undefined }),
    ])
      expect(shown(end).status).toBe(403)
    expect(await isSignedIn(browser)).toBe(true)
  },
)

test('a client may ask by POST: it goes on by GET, and without a hint it ends nothing', async () => {
  const browser = await signedIn()
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost:3000' }
  const body = new URLSearchParams({ client_id: 'web', post_logout_redirect_uri: afterwards })
  const response = await app.send('/logout', { method: 'POST', body, headers })
  expect(response.status).toBe(303)
  const question = await browser.show(response.headers.get('location') ?? '')
  expect(question.html).toContain('Sign out?')
})
