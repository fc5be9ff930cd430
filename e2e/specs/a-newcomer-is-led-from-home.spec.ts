import { expect, type Page, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'

/** From home, by the link of that name in the list for newcomers. */
async function follow(page: Page, name: string): Promise<void> {
  await page.goto(platform().web)
  await page
    .getByRole('region', { name: /New to DPoP/ })
    .getByRole('link', { name })
    .click()
}

async function launch(page: Page, button: string, outcome: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  await expect(page.getByText(outcome, { exact: true })).toBeVisible()
}

test('home leads to why a stolen token fails, what a nonce adds, and two things that DPoP does not stop', async ({
  page,
}) => {
  test.setTimeout(180_000)
  await follow(page, 'Watch a token being bound to a key')
  await expect(page.getByRole('button', { name: 'Run all' })).toBeVisible()

  await follow(page, 'Steal it')
  const thefts = page.locator('#side-by-side')
  await thefts.getByRole('button', { name: 'Play', exact: false }).nth(1).click()
  await expect(thefts.getByText('the copy is as good as the token')).toBeVisible()
  await expect(thefts.getByText('the copy is worth nothing: scheme.match')).toBeVisible()

  await follow(page, 'See what a nonce adds')
  await launch(page, 'Launch', 'Stopped by iat.window, nonce.match')
  await launch(page, 'Launch where no nonce is asked for', 'The attack succeeded')

  for (const [name, why] of [
    ['Learn the first limit', 'DPoP stops what is carried away, not what is done on the spot'],
    ['Learn the second limit', 'body'],
  ] as const) {
    await follow(page, name)
    await launch(page, 'Launch', 'The attack succeeded')
    await expect(page.getByText(why).last()).toBeVisible()
  }
})

test('from an attack one comes to its rule, from the rule to the line of code and back to the attack', async ({
  page,
}) => {
  await page.goto(`${platform().web}/lab/thief-key`)
  await page.getByRole('link', { name: 'jkt.match' }).click()
  await expect(page).toHaveURL(/\/checks\/jkt\.match$/)
  await page.getByRole('link', { name: /check-binding\.ts, line \d+/ }).click()
  await expect(page.locator('.code-line:target')).toContainText("throw refusal('jkt.match'")
  await page.goBack()
  await page.getByRole('link', { name: 'Try it in the attack lab' }).click()
  await expect(page).toHaveURL(/\/lab\/thief-key$/)
})
