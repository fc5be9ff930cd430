import { expect, type Page } from '@playwright/test'
import { platform } from './platform.ts'

/** From the web app's sign-in page to wherever `until` says, over the auth-server's real forms. */
export async function signIn(page: Page, { username = 'alice', until = '/profile' } = {}): Promise<void> {
  const { web } = platform()
  await page.goto(`${web}/sign-in?callbackUrl=${encodeURIComponent(until)}`)
  await page.getByRole('main').getByRole('button', { name: 'Sign in with Keybound' }).click()
  await answerTheForms(page, username)
  await page.waitForURL(web + until)
}

/** The login form, and the consent form where it is shown: consent to a confidential client is remembered. */
export async function answerTheForms(page: Page, username = 'alice'): Promise<void> {
  const { issuer, password } = platform()
  await page.waitForURL((url) => url.origin === new URL(issuer).origin)
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  const allow = page.getByRole('button', { name: 'Allow', exact: true })
  await expect
    .poll(async () => new URL(page.url()).origin !== new URL(issuer).origin || (await allow.isVisible()), {
      timeout: 15_000,
    })
    .toBe(true)
  if (new URL(page.url()).origin === new URL(issuer).origin) await allow.click()
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
