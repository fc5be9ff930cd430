import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { runAll } from '../harness/playground.ts'
import { signIn } from '../harness/sign-in.ts'
import { root } from '../harness/start-scripts.ts'

const screenshots = join(root, 'e2e/screenshots')
mkdirSync(screenshots, { recursive: true })

/** What the policy of a page forbade, and requests to whoever is no part of the platform. */
async function watchForOffences(page: Page): Promise<string[]> {
  const { web, issuer, api } = platform()
  const offences: string[] = []
  const hosts = [web, issuer, api].map((url) => new URL(url).origin)
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) offences.push(message.text())
  })
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url())
    if (protocol.startsWith('http') && !hosts.includes(origin)) offences.push(request.url())
  })
  return offences
}

async function look(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(screenshots, `${name}.png`), fullPage: true })
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(' | ')}`,
  )
  expect.soft(found, name).toEqual([])
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect.soft(overflow, `${name} scrolls sideways`).toBeLessThanOrEqual(0)
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    const suffix = `${width}-${colorScheme}`
    // Each state in each width and in each scheme; not every state in all four.
    const isWhole = (width === 360) === (colorScheme === 'dark')

    test(`every state of the playground passes axe at ${width} px in ${colorScheme}, under its policy`, async ({
      browser,
    }) => {
      test.setTimeout(300_000)
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      const page = await context.newPage()
      const offences = await watchForOffences(page)
      await runAll(page)
      const steps = page.getByRole('navigation', { name: 'Steps' })
      if (isWhole) {
        await steps.getByRole('button', { name: 'Generate a key' }).click()
        await look(page, `playground-key-${suffix}`)
        await steps.getByRole('button', { name: 'Sign in and consent' }).click()
        await look(page, `playground-visit-${suffix}`)
      }
      await steps.getByRole('button', { name: 'Get the token' }).click()
      await page.getByLabel('Compare with the attempt before').check()
      await look(page, `playground-compare-${suffix}`)
      for (const name of isWhole ? ['Response', 'Proof', 'Tokens', 'Checks', 'Code'] : ['Checks']) {
        await page.getByRole('tab', { name, exact: true }).click()
        await look(page, `playground-${name.toLowerCase()}-${suffix}`)
      }
      await page.getByRole('list', { name: 'Requests of this step' }).getByRole('button').first().click()
      await look(page, `playground-challenged-${suffix}`)
      await steps.getByRole('button', { name: 'Read the profile' }).click()
      await page.getByRole('button', { name: 'Do it again' }).click()
      await expect(page.getByRole('button', { name: 'Send it', exact: true })).toBeVisible()
      await look(page, `playground-waiting-${suffix}`)
      expect(offences).toEqual([])
      await context.close()
    })

    test(`every panel of the profile passes axe at ${width} px in ${colorScheme}, under its policy`, async ({
      browser,
    }) => {
      test.setTimeout(120_000)
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } })
      const page = await context.newPage()
      const offences = await watchForOffences(page)
      await signIn(page)
      await page.getByRole('link', { name: 'Sign with another key' }).click()
      await expect(page.getByRole('status').filter({ hasText: '401' })).toBeVisible()
      await page.locator('details').evaluateAll((all) => {
        for (const one of all) (one as HTMLDetailsElement).open = true
      })
      await look(page, `profile-open-${suffix}`)
      expect(offences).toEqual([])
      await context.close()
    })
  }
}

test('no text of a choice is cut at 360 px', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  await page.goto(`${platform().web}/playground`)
  const cut = await page.locator('fieldset select').evaluateAll((selects) =>
    (selects as HTMLSelectElement[]).flatMap((select) => {
      const context = document.createElement('canvas').getContext('2d')
      if (!context) return ['no canvas']
      context.font = getComputedStyle(select).font
      // The arrow takes its place too.
      const room = select.clientWidth - 36
      return Array.from(select.options, ({ text }) => text).filter(
        (text) => context.measureText(text).width > room,
      )
    }),
  )
  expect(cut).toEqual([])
})
