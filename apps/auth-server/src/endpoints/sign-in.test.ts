import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { authorizationPath } from '../../test/authorization.ts'
import { Browser, left, shown } from '../../test/browser.ts'
import { password } from '../../test/clients.ts'
import { openApp } from '../../test/open-app.ts'

const app = await openApp()
const alice = { username: 'alice', password }

/** Up to the consent page. */
async function atConsent(path = authorizationPath()) {
  const browser = new Browser(app)
  const login = await browser.show(path)
  return { browser, login, consent: shown(await browser.press(login, 'login', alice)) }
}

requirement(
  ['A-012', 'ISS-01'],
  'login, consent and back to the client with code, state and iss, by forms alone',
  async () => {
    const { browser, login, consent } = await atConsent()
    expect(login.url.pathname).toBe('/login')
    expect(login.html).toContain('to continue to <strong>Playground</strong>')
    expect(consent.url.pathname).toBe('/consent')
    expect(consent.html).toContain('Read your profile')
    const answer = left(await browser.press(consent, 'allow'))
    expect(answer.get('code')).toMatch(/^code_[\w-]{43}$/)
    expect(answer.get('state')).toBe('the state')
    expect(answer.get('iss')).toBe(app.issuer)
  },
)

requirement(
  ['A-028', 'U-014'],
  'Cancel on the login page and on the consent page is access_denied with state and iss',
  async () => {
    const browser = new Browser(app)
    const { browser: later, consent } = await atConsent()
    for (const end of [
      await browser.press(await browser.show(authorizationPath()), 'cancel'),
      await later.press(consent, 'cancel'),
    ]) {
      expect(Object.fromEntries(left(end))).toMatchObject({
        error: 'access_denied',
        state: 'the state',
        iss: app.issuer,
      })
      expect(left(end).has('code')).toBe(false)
    }
  },
)

requirement(
  'A-021',
  'every post is answered with 303, and the answer to the client alone sends no referrer',
  async () => {
    const { browser, consent } = await atConsent()
    expect(consent.headers.get('referrer-policy')).toBe('same-origin')
    const end = await browser.press(consent, 'allow')
    if (!('left' in end)) throw new Error('still here')
    expect(end.headers.get('referrer-policy')).toBe('no-referrer')
    expect(end.headers.get('cache-control')).toBe('no-store')
  },
)

test('pages let forms lead to the client of this transaction and to nobody else', async () => {
  const { login, consent } = await atConsent()
  for (const page of [login, consent]) {
    const policy = page.headers.get('content-security-policy')
    expect(policy).toContain("form-action 'self' http://localhost:3000;")
    expect(policy).toContain("script-src 'none'")
    expect(page.headers.get('cache-control')).toBe('no-store')
    expect(page.html).not.toMatch(/<script|\son\w+=|style=|javascript:/i)
  }
})

requirement(
  ['U-006', 'U-015'],
  'a second consent post, and going back to it, give 400 and no second code',
  async () => {
    const { browser, consent } = await atConsent()
    left(await browser.press(consent, 'allow'))
    const again = shown(await browser.press(consent, 'allow'))
    expect(again.status).toBe(400)
    expect((await browser.show(consent.url.href)).status).toBe(400)
  },
)

requirement('U-018', 'a transaction opened in another browser is refused', async () => {
  const { login, consent } = await atConsent()
  const other = new Browser(app)
  for (const page of [login, consent]) expect((await other.show(page.url.href)).status).toBe(400)
  const its = await other.show('/login')
  const transaction = login.url.searchParams.get('transaction') ?? ''
  expect(shown(await other.press(its, 'login', { ...alice, transaction })).status).toBe(400)
})

requirement(
  'U-013',
  'scope and redirect in the form change nothing: the stored transaction decides',
  async () => {
    const { browser, consent } = await atConsent()
    const change = { scope: 'openid profile:write', redirect_uri: 'https://evil.test/', client_id: 'web' }
    const end = await browser.press(consent, 'allow', change)
    if (!('left' in end)) throw new Error('still here')
    expect(end.left.origin).toBe('http://localhost:3000')
  },
)

requirement(
  ['U-001', 'U-002'],
  'login and consent posts without token, with another browser’s, or from another site are 403',
  async () => {
    const { browser, login, consent } = await atConsent()
    const other = await new Browser(app).show('/login')
    const theirs = /name="csrf" value="([^"]+)"/.exec(other.html)?.[1]
    for (const [page, decision] of [
      [login, 'login'],
      [consent, 'allow'],
    ] as const) {
      const tries = [
        await browser.press(page, decision, { ...alice, csrf: undefined }),
        await browser.press(page, decision, { ...alice, csrf: theirs }),
        await browser.press(page, decision, alice, { origin: 'https://evil.test' }),
        await browser.press(page, decision, alice, { origin: 'null' }),
        await browser.press(page, decision, alice, { 'sec-fetch-site': 'cross-site' }),
      ]
      for (const end of tries) expect(shown(end).status).toBe(403)
    }
    expect(left(await browser.press(consent, 'allow')).has('code')).toBe(true)
  },
)

requirement('U-003', 'the session cookie changes at login, and the one before is dead', async () => {
  const browser = new Browser(app)
  await browser.press(await browser.show('/login'), 'login', alice)
  const before = new Map(browser.cookies)
  const again = await browser.show(authorizationPath({ prompt: 'login' }))
  shown(await browser.press(again, 'login', alice))
  expect(browser.cookies.get('keybound-auth-session')).not.toBe(before.get('keybound-auth-session'))
  const stale = new Browser(app)
  for (const [name, value] of before) stale.cookies.set(name, value)
  expect((await stale.show('/account')).url.pathname).toBe('/login')
})

requirement('U-008', 'an unknown user and a wrong password get the same answer', async () => {
  const pages = await Promise.all(
    [
      { username: 'mallory', password },
      { username: 'bob', password: 'wrong' },
    ].map(async (typed) => {
      const browser = new Browser(app)
      return shown(await browser.press(await browser.show(authorizationPath()), 'login', typed))
    }),
  )
  const [unknown, known] = pages
  expect(unknown?.status).toBe(200)
  expect(unknown?.html).toContain('The username and the password do not match.')
  const comparable = (html = '') => html.replaceAll(/value="[^"]*"/g, '')
  expect(comparable(unknown?.html)).toBe(comparable(known?.html))
  expect(unknown?.html).toMatch(/role="alert" tabindex="-1" autofocus/)
})

requirement(
  'U-009',
  'after too many wrong passwords: 429 with Retry-After, for the right one too',
  async () => {
    const slow = await openApp()
    const browser = new Browser(slow)
    const login = await browser.show('/login')
    for (let i = 0; i < 5; i++) await browser.press(login, 'login', { username: 'alice', password: 'wrong' })
    const refused = shown(await browser.press(login, 'login', alice))
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(refused.html).toContain('Wait a second, then go back to the form.')
    expect(refused.html).not.toContain('start again')
    slow.clock.advance(61)
    expect(shown(await browser.press(login, 'login', alice)).url.pathname).toBe('/account')
  },
)

test('who is signed in already is asked for consent only', async () => {
  const { browser } = await atConsent()
  expect((await browser.show(authorizationPath())).url.pathname).toBe('/consent')
})

requirement('A-013', 'prompt=none without a session is login_required, with iss', async () => {
  const answer = left(await new Browser(app).open(authorizationPath({ prompt: 'none' })))
  expect(Object.fromEntries(answer)).toMatchObject({ error: 'login_required', iss: app.issuer })
})

requirement(
  'A-019',
  'an authorization request posted from another site is stored and goes on by GET',
  async () => {
    const body = authorizationPath().split('?')[1] ?? ''
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      origin: 'https://app.example',
      'sec-fetch-site': 'cross-site',
    }
    const response = await app.send('/authorize', { method: 'POST', body, headers })
    expect(response.status).toBe(303)
    const location = response.headers.get('location') ?? ''
    expect(location).toMatch(/^http:\/\/localhost:4000\/authorize\?client_id=playground&request_uri=urn/)
    expect((await new Browser(app).show(location)).url.pathname).toBe('/login')
  },
)

requirement(
  ['A-001', 'A-005', 'A-006', 'RFC6749-02'],
  'a bad client_id or redirect_uri is a page with 400, never a redirect',
  async () => {
    for (const change of [
      { client_id: undefined },
      { client_id: 'nobody' },
      { client_id: '<script>alert(1)</script>' },
      { redirect_uri: undefined },
      { redirect_uri: 'https://evil.test/' },
      { redirect_uri: 'http://localhost:3000/playground/callback/x' },
      { redirect_uri: 'javascript:alert(1)' },
      { request_uri: 'urn:ietf:params:oauth:request_uri:nobody' },
    ]) {
      const response = await app.send(authorizationPath(change))
      expect(response.status).toBe(400)
      expect(response.headers.get('location')).toBeNull()
      const html = await response.text()
      expect(html).not.toContain('<script')
      expect(html).toContain(response.headers.get('x-correlation-id') ?? '?')
    }
  },
)

requirement(
  'A-020',
  'form_post answers with a form that allows its own script and its own target only',
  async () => {
    const path = authorizationPath({
      response_mode: 'form_post',
      prompt: 'none',
      state: '"><script>x</script>',
    })
    const response = await app.send(path)
    const policy = response.headers.get('content-security-policy')
    expect(policy).toContain('form-action http://localhost:3000;')
    expect(policy).toMatch(/script-src 'sha256-[^ ]+';/)
    expect(await response.text()).not.toContain('"><script>x')
  },
)

test('a key that was only named is not called proved', async () => {
  const jkt = '0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I'
  const { consent } = await atConsent(authorizationPath({ dpop_jkt: jkt }))
  expect(consent.html).toContain(jkt)
  expect(consent.html).toContain('will have to prove possession')
})
