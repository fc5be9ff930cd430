import { expect, type Page } from '@playwright/test'
import { platform } from './platform.ts'

/** From the web app's sign-in page to wherever `until` says, over the auth-server's real forms. */
export async function signIn(page: Page, { username = 'alice', until = '/profile' } = {}): Promise<void> {
  const { web, issuer } = platform()
  await page.goto(`${web}/sign-in?callbackUrl=${encodeURIComponent(until)}`)
  await page.getByRole('main').getByRole('button', { name: 'Sign in with Keybound' }).click()
  // Who is signed in there already, and has agreed before, is sent straight back.
  const { origin } = new URL(issuer)
  await page.waitForURL((url) => url.origin === origin || url.href === web + until)
  if (new URL(page.url()).origin === origin) await answerTheForms(page, username)
  await page.waitForURL(web + until)
}

/** Whatever the auth-server asks: the login form unless somebody is signed in there, and consent unless it is remembered. */
export async function answerTheForms(page: Page, username = 'alice'): Promise<void> {
  const { issuer, password } = platform()
  const { origin } = new URL(issuer)
  const login = page.getByLabel('Password')
  const allow = page.getByRole('button', { name: 'Allow', exact: true })
  await page.waitForURL((url) => url.origin === origin)
  await until(async () => (await login.isVisible()) || (await allow.isVisible()))
  if (await login.isVisible()) {
    await page.getByLabel('Username').fill(username)
    await login.fill(password)
    await page.getByRole('button', { name: 'Sign in', exact: true }).click()
    await until(() => allow.isVisible())
  }
  if (!left()) await allow.click()
  await page.waitForURL((url) => url.origin !== origin)

  function left(): boolean {
    return new URL(page.url()).origin !== origin
  }

  function until(asked: () => Promise<boolean>): Promise<void> {
    return expect
      .poll(async () => left() || (await asked()), { timeout: 15_000, intervals: [50, 100] })
      .toBe(true)
  }
}

/** Ends the sign-in in front of the web app: the address that the auth-server sends the browser to, not yet visited. */
export async function signInUpToCallback(page: Page): Promise<URL> {
  const { web, issuer } = platform()
  let callback: URL | undefined
  // A route does not see where a redirect goes: the answer that redirects is looked at instead.
  await page.route(`${issuer}/**`, async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const response = await route.fetch({ maxRedirects: 0 })
    const location = response.headers().location ?? ''
    if (!location.startsWith(`${web}/api/auth/callback/`)) return route.fulfill({ response })
    callback = new URL(location)
    return route.fulfill({ status: 200, contentType: 'text/plain', body: 'stopped by the test' })
  })
  await page.goto(`${web}/sign-in`)
  await page.getByRole('main').getByRole('button', { name: 'Sign in with Keybound' }).click()
  await page.getByLabel('Username').fill('alice')
  await page.getByLabel('Password').fill(platform().password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const allow = page.getByRole('button', { name: 'Allow', exact: true })
  await expect.poll(async () => callback !== undefined || (await allow.isVisible())).toBe(true)
  if (callback === undefined) await allow.click()
  await expect.poll(() => callback?.href).toBeDefined()
  await page.unrouteAll()
  return callback as unknown as URL
}
