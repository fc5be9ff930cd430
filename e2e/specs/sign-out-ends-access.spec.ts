import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { signIn } from '../harness/sign-in.ts'

test('sign-out ends access: here, with a copied cookie, and at the authorization server', async ({
  page,
  context,
  browser,
}) => {
  const { web, issuer } = platform()
  await signIn(page)
  const copied = await context.cookies()
  await page.goto(`${web}/sign-out`)
  await page.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await page.waitForURL((url) => url.pathname === '/' || url.origin === issuer)
  const confirm = page.getByRole('button', { name: /sign out/i })
  if (new URL(page.url()).origin === issuer && (await confirm.isVisible())) await confirm.click()

  await page.goto(`${web}/profile`)
  await expect(page.getByRole('main').getByRole('button', { name: /sign in/i })).toBeVisible()

  // A thief who copied every cookie before the sign-out.
  const thief = await browser.newContext()
  await thief.addCookies(copied)
  const theirs = await thief.newPage()
  await theirs.goto(`${web}/profile`)
  await expect(theirs.getByRole('main').getByRole('button', { name: /sign in/i })).toBeVisible()
  await theirs.goto(`${issuer}/account`)
  await expect(theirs.getByLabel('Password')).toBeVisible()
  await thief.close()
})
