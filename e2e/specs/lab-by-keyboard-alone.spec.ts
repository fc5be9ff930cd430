import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { tabTo } from '../harness/tab-to.ts'

test('the keyboard alone launches an attack, reads what went over the wire, and switches the defence off', async ({
  page,
}) => {
  await page.goto(`${platform().web}/lab`)
  await tabTo(page, page.getByRole('link', { name: /The same request once more/ }))
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/lab\/replay$/)

  const defended = page.getByRole('region', { name: 'With the defence', exact: true })
  const launch = defended.getByRole('button', { name: 'Launch', exact: true })
  await expect(launch).toBeEnabled()
  await tabTo(page, launch)
  await page.keyboard.press('Enter')
  await expect(defended.getByText('Stopped by jti.unused', { exact: true })).toBeVisible()

  const thief = defended.getByRole('region', { name: 'The thief, DPoP' })
  await tabTo(page, thief.locator('summary').first())
  await page.keyboard.press('Enter')
  await tabTo(page, thief.getByRole('tab', { name: 'Request' }))
  for (const name of ['Response', 'Proof', 'Tokens', 'Checks']) {
    await page.keyboard.press('ArrowRight')
    await expect(thief.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true')
  }
  await expect(thief.getByRole('link', { name: 'jti.unused' })).toBeVisible()

  await tabTo(page, page.getByRole('button', { name: 'Switch this defence off and launch' }))
  await page.keyboard.press('Enter')
  const undefended = page.getByRole('region', { name: 'Without the defence', exact: true })
  await expect(undefended.getByText('The attack succeeded', { exact: true })).toBeVisible()

  await tabTo(page, page.getByRole('link', { name: /packages\/dpop\/src\/replay\/ledger\.ts, line \d+/ }))
  await page.keyboard.press('Enter')
  await expect(page.locator('.code-line:target')).toContainText("throw refusal('jti.unused'")
})

test('a script in the page cannot take the key along, and can use it there', async ({ page }) => {
  await page.goto(`${platform().web}/lab/script-in-page`)
  const panel = page.getByRole('region', { name: 'In this very page' })
  await panel.getByRole('button', { name: 'Be the script' }).click()
  await expect(panel.getByText('The key stays')).toBeVisible()
  await expect(panel).toContainText('InvalidAccessError')
  await expect(panel.getByText('Accepted', { exact: true })).toBeVisible()
  await expect(panel.getByText('Fail', { exact: true })).toHaveCount(0)
})

test('the flood shows the memory of the server before and after', async ({ page }) => {
  await page.goto(`${platform().web}/lab/flood`)
  await page.getByRole('button', { name: 'Launch', exact: true }).click()
  await expect(page.getByText(/[\d.]+ MB before, [\d.]+ MB after/)).toBeVisible()
})
