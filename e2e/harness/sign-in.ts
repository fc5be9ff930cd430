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
  const { web } = platform()
  const callback = new Promise<URL>((seen) => {
    void page.route(`${web}/api/auth/callback/**`, async (route) => {
      seen(new URL(route.request().url()))
      await route.fulfill({ status: 200, contentType: 'text/plain', body: 'stopped by the test' })
    })
  })
  await page.goto(`${web}/sign-in`)
  await page.getByRole('main').getByRole('button', { name: 'Sign in with Keybound' }).click()
  await answerTheForms(page)
  const url = await callback
  await page.unroute(`${web}/api/auth/callback/**`)
  return url
}
