import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { runAll } from '../harness/playground.ts'
import { signIn } from '../harness/sign-in.ts'
import { root } from '../harness/start-scripts.ts'
import { watchPage } from '../harness/watch-page.ts'

const screenshots = join(root, 'e2e/screenshots')
mkdirSync(screenshots, { recursive: true })

/** An authorization request of the native client, which is always asked for consent. */
function authorizeUrl(change: Record<string, string> = {}): string {
  const query = {
    client_id: 'cli',
    response_type: 'code',
    redirect_uri: 'http://127.0.0.1:49170/callback',
    scope: 'openid profile profile:write offline_access',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...change,
  }
  return `${platform().issuer}/authorize?${new URLSearchParams(query)}`
}

async function toConsent(page: Page): Promise<void> {
  const { password } = platform()
  await page.goto(authorizeUrl({ prompt: 'login consent' }))
  await page.getByLabel('Username').fill('bob')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Allow', exact: true })).toBeVisible()
}

async function toVerdict(page: Page): Promise<void> {
  await page.goto(`${platform().web}/inspector`)
  await page.getByRole('button', { name: 'Show me an example' }).click()
  await expect(page.getByRole('heading', { name: 'What is wrong' })).toBeVisible()
}

async function toTab(page: Page, name: string, shown: string): Promise<void> {
  await page.goto(`${platform().web}/inspector`)
  await page.getByRole('tab', { name }).click()
  await expect(page.getByText(shown)).toBeVisible()
}

/** An attack that was launched, and again without its defence. */
async function toAttack(page: Page): Promise<void> {
  await page.goto(`${platform().web}/lab/replay`)
  await page.getByRole('button', { name: 'Launch', exact: true }).click()
  await expect(page.getByText('Stopped by jti.unused', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Switch this defence off and launch' }).click()
  await expect(page.getByText('The attack succeeded', { exact: true })).toBeVisible()
  for (const fold of await page.getByText('What went over the wire').all()) await fold.click()
}

async function toLimit(page: Page): Promise<void> {
  await page.goto(`${platform().web}/lab/script-in-page`)
  await page.getByRole('button', { name: 'Launch', exact: true }).click()
  await expect(page.getByText('The attack succeeded', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Be the script' }).click()
  await expect(page.getByText('The key signs')).toBeVisible()
}

async function toMatrix(page: Page): Promise<void> {
  await page.goto(`${platform().web}/lab/matrix`)
  await page.getByRole('button', { name: 'Run all' }).click()
  await expect(page.getByText(/^80 cells in/)).toBeVisible({ timeout: 240_000 })
  await page.getByRole('button', { name: /^The same request once more, DPoP: stopped/ }).click()
  await expect(page.getByRole('region', { name: 'The chosen cell' })).toBeVisible()
}

async function toMonitor(page: Page): Promise<void> {
  await page.goto(`${platform().web}/monitor`)
  await expect(page.getByText('3 of 3 servers connected')).toBeVisible()
  await expect(page.locator('.recharts-surface').first()).toBeVisible()
  for (const twin of await page.getByText('As a table').all()) await twin.click()
}

/** In an order in which one browser can show them all: signed out first, then signed in. */
const pages: readonly (readonly [name: string, open: (page: Page) => Promise<unknown>])[] = [
  ['web-home', (page) => page.goto(platform().web)],
  ['web-sign-in', (page) => page.goto(`${platform().web}/sign-in`)],
  ['web-sign-in-failed', (page) => page.goto(`${platform().web}/sign-in/error?reason=response.state`)],
  ['web-not-found', (page) => page.goto(`${platform().web}/no-such-page`)],
  ['web-inspector', toVerdict],
  ['web-inspector-wrong', (page) => toTab(page, 'Make it wrong', 'Download the fixture')],
  ['web-inspector-build', (page) => toTab(page, 'Build', 'The signing input')],
  ['web-checks', (page) => page.goto(`${platform().web}/checks`)],
  ['web-check', (page) => page.goto(`${platform().web}/checks/htu.match`)],
  ['web-check-of-a-token', (page) => page.goto(`${platform().web}/checks/jkt.match`)],
  ['web-docs', (page) => page.goto(`${platform().web}/docs`)],
  ['web-docs-operations', (page) => page.goto(`${platform().web}/docs/operations`)],
  ['web-playground', (page) => page.goto(`${platform().web}/playground`)],
  ['web-playground-done', runAll],
  ['web-lab', (page) => page.goto(`${platform().web}/lab`)],
  ['web-attack', (page) => page.goto(`${platform().web}/lab/replay`)],
  ['web-attack-done', toAttack],
  ['web-attack-limit', toLimit],
  ['web-matrix', (page) => page.goto(`${platform().web}/lab/matrix`)],
  ['web-matrix-done', toMatrix],
  ['web-source', (page) => page.goto(`${platform().web}/source/packages/dpop/src/proof/check-proof.ts#L42`)],
  ['web-monitor', toMonitor],
  ['web-profile', (page) => signIn(page)],
  ['auth-account', (page) => page.goto(`${platform().issuer}/account`)],
  ['auth-logout', (page) => page.goto(`${platform().issuer}/logout`)],
  ['web-sign-out', (page) => page.goto(`${platform().web}/sign-out`)],
  ['auth-login', (page) => page.goto(authorizeUrl({ prompt: 'login' }))],
  ['auth-error', (page) => page.goto(authorizeUrl({ client_id: 'nobody' }))],
  ['auth-consent', toConsent],
]

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test(`axe finds nothing at ${width} px in ${colorScheme}, nothing scrolls sideways, and no policy is broken`, async ({
      browser,
    }) => {
      test.setTimeout(900_000)
      const context = await browser.newContext({
        colorScheme,
        viewport: { width, height: width === 360 ? 740 : 900 },
      })
      const page = await context.newPage()
      page.setDefaultNavigationTimeout(180_000)
      const watch = watchPage(page)
      for (const [name, open] of pages) {
        await open(page)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await page.screenshot({
          path: join(screenshots, `${name}-${width}-${colorScheme}.png`),
          fullPage: true,
          timeout: 180_000,
        })
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
      watch.expectClean()
      await context.close()
    })
  }
}

test('login, consent, cancel and the profile work without script', async ({ browser }) => {
  const { web } = platform()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await signIn(page)
  await expect(page.getByRole('main')).toContainText(/alice/i)

  await toConsent(page)
  const answer = page.waitForRequest((request) => request.url().startsWith('http://127.0.0.1:49170/callback'))
  await page.getByRole('button', { name: 'Cancel' }).click()
  const { searchParams } = new URL((await answer).url())
  expect(searchParams.get('error')).toBe('access_denied')
  expect(searchParams.get('iss')).toBe(platform().issuer)

  // The client does not listen, so this page ends in an error of the browser's.
  const next = await context.newPage()
  await next.goto(`${web}/sign-out`)
  await next.getByRole('main').getByRole('button', { name: 'Sign out' }).click()
  await next.goto(`${web}/profile`)
  await expect(next.getByRole('main').getByRole('button', { name: /sign in/i })).toBeVisible()
  await context.close()
})

test('cancel on the login page goes back to the client with access_denied (A-029)', async ({ page }) => {
  const { web } = platform()
  await page.goto(`${web}/sign-in`)
  await page.getByRole('main').getByRole('button', { name: 'Sign in with Keybound' }).click()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.waitForURL((url) => url.origin === web)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/cancelled/i)
})

test('the keyboard alone is enough to sign in', async ({ page }) => {
  const { web, password, issuer } = platform()
  await page.goto(`${web}/sign-in`)
  await page.getByRole('main').getByRole('button', { name: 'Sign in with Keybound' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.origin === new URL(issuer).origin)
  await expect(page.getByLabel('Username')).toBeFocused()
  await page.keyboard.type('alice')
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
  await page.waitForURL((url) => url.origin === web || url.pathname.startsWith('/consent'))
})
