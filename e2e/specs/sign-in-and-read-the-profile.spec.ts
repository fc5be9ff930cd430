import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { signIn } from '../harness/sign-in.ts'

test('a person signs in through next-auth and reads the profile, with the proof that got it', async ({
  page,
}) => {
  await signIn(page)
  const main = page.getByRole('main')
  await expect(main).toContainText(/alice/i)
  await expect(main).toContainText('6f1c1d5e-0001-4000-8000-000000000001')
  await expect(main).toContainText(/ath/)
  await expect(main).toContainText(/htu/)
  await expect(main).toContainText(platform().profileUrl)
})

test('a profile page that nobody is signed in for asks to sign in and comes back', async ({ page }) => {
  const { web } = platform()
  await page.goto(`${web}/profile`)
  await expect(page.getByRole('main').getByRole('button', { name: /sign in/i })).toBeVisible()
})

test('two people in two browsers see two profiles, each under a key of its own', async ({ browser }) => {
  const keys: string[] = []
  for (const username of ['alice', 'bob']) {
    const context = await browser.newContext()
    const page = await context.newPage()
    await signIn(page, { username })
    await expect(page.getByRole('main')).toContainText(new RegExp(username, 'i'))
    const text = await page.getByRole('main').textContent()
    keys.push(...(text?.match(/\b[\w-]{43}\b/g) ?? []).slice(0, 1))
    await context.close()
  }
  expect(new Set(keys).size).toBe(2)
})
