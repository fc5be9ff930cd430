import { platform } from '@keybound/e2e/harness/platform'
import { answerTheForms } from '@keybound/e2e/harness/sign-in'
import { expect } from '@playwright/test'
import { evidence, isProfile } from '../harness/evidence.ts'
import { expectCodeFlow, row, test } from '../harness/row.ts'
import { versionOf } from '../harness/version-of.ts'

test(
  'oidc-client-ts in Chromium gets a bound token, reads the profile and refreshes',
  row({
    product: 'oidc-client-ts, in Chromium',
    version: versionOf('oidc-client-ts'),
    role: 'client',
  }),
  async ({ wire, page }) => {
    const { web } = platform()
    await page.goto(web)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await answerTheForms(page)
    await expect(page.getByRole('status')).toContainText('"name":"Alice')
    await page.getByRole('button', { name: 'Refresh' }).click()
    await expect.poll(async () => evidence.refresh(await wire.exchanges())).toBe(true)
    // Read once before the refresh and once after it.
    await expect.poll(async () => (await wire.exchanges()).filter(isProfile).length).toBe(2)
    await expectCodeFlow(wire, { without: ['PAR'] })
  },
)
