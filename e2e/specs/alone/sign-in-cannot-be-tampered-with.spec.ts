import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BrowserContext, expect, test } from '@playwright/test'
import { platform } from '../../harness/platform.ts'
import { signIn, signInUpToCallback } from '../../harness/sign-in.ts'

const tampered: Record<string, (url: URL) => void> = {
  'B-001 a wrong state': (url) => url.searchParams.set('state', 'not-the-state-that-was-sent'),
  'B-001 no state': (url) => url.searchParams.delete('state'),
  'B-002 a wrong iss (mix-up)': (url) => url.searchParams.set('iss', 'https://evil.test'),
  'B-002 no iss': (url) => url.searchParams.delete('iss'),
}

for (const [title, change] of Object.entries(tampered)) {
  test(`${title} signs nobody in, and the token endpoint is not asked`, async ({ page, context }) => {
    const callback = await signInUpToCallback(page)
    change(callback)
    const before = tokenRequests()
    await page.goto(callback.href)
    await expect(page.getByRole('main').getByRole('button', { name: /sign in/i })).toBeVisible()
    expect(await sessionOf(context)).toBeNull()
    expect(tokenRequests()).toBe(before)
  })
}

test('B-018 the same callback URL a second time fails, and the session stays', async ({ page, context }) => {
  const callback = await signInUpToCallback(page)
  await page.goto(callback.href)
  await page.waitForURL((url) => !url.pathname.startsWith('/api/auth'))
  const session = await sessionOf(context)
  expect(session).not.toBeNull()
  await page.goto(callback.href)
  await expect(page.getByRole('main').getByRole('button', { name: /sign in again/i })).toBeVisible()
  expect(await sessionOf(context)).toEqual(session)
})

test('B-018 a callback opened in another browser signs nobody in', async ({ page, browser }) => {
  const callback = await signInUpToCallback(page)
  const other = await browser.newContext()
  await (await other.newPage()).goto(callback.href)
  expect(await sessionOf(other)).toBeNull()
  await other.close()
})

test('B-008 cookies of two sessions mixed or cut are no session', async ({ browser }) => {
  const [alice, bob] = await Promise.all([cookiesOf('alice'), cookiesOf('bob')])
  const name = alice.name
  const half = Math.floor(alice.value.length / 2)
  const mixed = {
    'first half of one, second half of the other': `${name}=${alice.value.slice(0, half)}${bob.value.slice(half)}`,
    'cut in the middle': `${name}=${alice.value.slice(0, half)}`,
    'in chunks of two sessions': `${name}.0=${alice.value.slice(0, half)}; ${name}.1=${bob.value.slice(half)}`,
  }
  for (const [how, cookie] of Object.entries(mixed)) expect(await sessionWith(cookie), how).toBeNull()
  expect(await sessionWith(`${name}=${alice.value}`)).not.toBeNull()

  async function cookiesOf(username: string) {
    const context = await browser.newContext()
    await signIn(await context.newPage(), { username })
    const cookies = (await context.cookies(platform().web)).filter(
      ({ name }) => name === 'keybound-web.session',
    )
    expect(cookies).toHaveLength(1)
    await context.close()
    return cookies[0] ?? { name: '', value: '' }
  }
})

test('B-021 the value of a state or PKCE cookie in place of the session cookie is no session', async ({
  page,
  context,
}) => {
  await signInUpToCallback(page)
  const cookies = (await context.cookies(platform().web)).filter(({ name }) =>
    name.startsWith('keybound-web.'),
  )
  expect(cookies.length).toBeGreaterThan(2)
  for (const { name, value } of cookies)
    expect(await sessionWith(`keybound-web.session=${value}`), name).toBeNull()
})

test('B-009 posts from another site are refused', async ({ page, context }) => {
  const { web } = platform()
  await signIn(page)
  const cookie = (await context.cookies(web)).map(({ name, value }) => `${name}=${value}`).join('; ')
  const csrf = (await (await fetch(`${web}/api/auth/csrf`, { headers: { cookie } })).json()) as {
    csrfToken: string
  }
  for (const path of ['/api/auth/signin/keybound', '/api/auth/signout']) {
    for (const headers of [
      { origin: 'https://evil.test' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
    ]) {
      const body = new URLSearchParams({ csrfToken: csrf.csrfToken })
      const answer = await fetch(web + path, {
        method: 'POST',
        redirect: 'manual',
        headers: { cookie, ...headers },
        body,
      })
      expect(answer.status, `${path} ${JSON.stringify(headers)}`).toBe(403)
    }
    const withoutToken = await fetch(web + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie, origin: web },
    })
    expect(withoutToken.status).toBeGreaterThanOrEqual(400)
  }
  expect(await sessionWith(cookie)).not.toBeNull()
})

test('B-005 a callbackUrl of another origin leads nowhere else', async ({ page }) => {
  const { web } = platform()
  for (const wanted of [
    'https://evil.test/',
    '//evil.test/',
    '/\\evil.test',
    'javascript:alert(1)',
    'http:/evil.test',
  ]) {
    await page.goto(`${web}/sign-in?callbackUrl=${encodeURIComponent(wanted)}`)
    const value = await page.getByRole('main').locator('input[name=callbackUrl]').inputValue()
    expect(new URL(value, web).origin, wanted).toBe(web)
  }
})

test('B-022 pages and answers about a session are never stored by a shared cache', async ({
  page,
  context,
}) => {
  const { web } = platform()
  await signIn(page)
  const cookie = (await context.cookies(web)).map(({ name, value }) => `${name}=${value}`).join('; ')
  for (const path of ['/profile', '/api/auth/session', '/', '/sign-out']) {
    const answer = await fetch(web + path, { headers: { cookie } })
    expect(answer.headers.get('cache-control'), path).toMatch(/no-store/)
  }
})

async function sessionOf(context: BrowserContext): Promise<unknown> {
  const cookies = await context.cookies(platform().web)
  return sessionWith(cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
}

async function sessionWith(cookie: string): Promise<unknown> {
  const answer = await fetch(`${platform().web}/api/auth/session`, { headers: { cookie } })
  expect(answer.status).toBe(200)
  const session = (await answer.json()) as { user?: unknown } | null
  return session?.user ?? null
}

/** How often the token endpoint was asked, by the auth-server's own log. */
function tokenRequests(): number {
  return readFileSync(join(platform().data, 'log/auth-server.log'), 'utf8').split('/token').length
}
