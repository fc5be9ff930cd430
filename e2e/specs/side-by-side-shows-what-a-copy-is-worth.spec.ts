import { AxeBuilder } from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'

test('the same thefts let the thief in with bearer tokens and stop the thief with bound ones', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await page.goto(`${platform().web}/playground#side-by-side`)
  const panel = page.locator('#side-by-side')
  await panel.getByRole('button', { name: 'Play all four' }).click()
  const bearer = panel.getByRole('region', { name: /^Bearer/ })
  const dpop = panel.getByRole('region', { name: /^DPoP/ })
  await expect(bearer.getByText('the copy is as good as the token')).toHaveCount(4, { timeout: 60_000 })
  for (const [at, check] of ['scheme.match', 'jti.unused', 'jkt.match', 'refresh.jkt'].entries())
    await expect(dpop.nth(at)).toContainText(`the copy is worth nothing: ${check}`)
  await expect(panel).not.toContainText(/eyJ[\w-]{20,}/)

  const { violations } = await new AxeBuilder({ page }).include('#side-by-side').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})
