import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { expectDone, stepThrough, stepTitles } from '../harness/playground.ts'
import { tabTo } from '../harness/tab-to.ts'

test('the keyboard alone runs the playground, sees what it did, and edits a request', async ({ page }) => {
  const { web, password, issuer } = platform()
  await page.goto(`${web}/playground`)
  const runAll = page.getByRole('button', { name: 'Run all' })
  await expect(runAll).toBeEnabled()
  await tabTo(page, runAll)
  await page.keyboard.press('Enter')

  await page.waitForURL((url) => url.origin === new URL(issuer).origin)
  await expect(page.getByLabel('Username')).toBeFocused()
  await page.keyboard.type('alice')
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  const allow = page.getByRole('button', { name: 'Allow', exact: true })
  await expect(allow).toBeVisible()
  await tabTo(page, allow)
  await page.keyboard.press('Enter')
  await page.waitForURL(`${web}/playground*`)
  for (const title of stepTitles.slice(0, -1)) await expectDone(page, title)

  const token = page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Get the token' })
  await tabTo(page, token)
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('tab', { name: 'Request' }))
  for (const name of ['Response', 'Proof', 'Tokens', 'Checks', 'Code', 'Request']) {
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('tab', { name })).toHaveAttribute('aria-selected', 'true')
  }

  const profile = page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: 'Read the profile' })
  await profile.focus()
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByRole('button', { name: 'Do it again' }))
  await page.keyboard.press('Enter')
  await tabTo(page, page.getByLabel('Proof payload: htm', { exact: true }))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type('DELETE')
  await tabTo(page, page.getByRole('button', { name: 'Send it as edited' }))
  await page.keyboard.press('Enter')
  await expect(profile).toContainText('Failed')
  await expect(page.getByRole('main')).toContainText('htm.match')
})

test('focusing a member of a proof marks what it covers, and only that', async ({ page }) => {
  await page.goto(`${platform().web}/playground`)
  for (const title of stepTitles.slice(0, 3)) await stepThrough(page, title)
  await page.getByRole('tab', { name: 'Proof' }).click()
  // Pointing marks too: the pointer goes out of the way.
  await page.mouse.move(0, 0)
  for (const member of ['htm', 'htu', 'jwk', 'nonce', 'iat']) {
    await page.locator(`button[data-member="${member}"]`).focus()
    const marked = await page
      .locator('[data-covered-by]')
      .evaluateAll((parts) =>
        parts
          .filter((part) => getComputedStyle(part).textDecorationLine.includes('underline'))
          .map((part) => part.getAttribute('data-covered-by')),
      )
    expect(marked).toEqual([member])
  }
})
