import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  expect,
  type Page,
  test,
} from '@playwright/test'
import { addUser } from '../harness/add-user.ts'
import { platform } from '../harness/platform.ts'
import { signIn } from '../harness/sign-in.ts'
import { startWebReplica } from '../harness/start-web-replica.ts'

async function keyOf(page: Page): Promise<string> {
  const key = page.locator('#session').getByText(/^[\w-]{43}$/)
  return (await key.first().textContent()) ?? ''
}

/** The hidden fields of the form that refreshes. */
async function refreshForm(page: Page): Promise<Record<string, string>> {
  const inputs = page.locator('form[action="/profile/refresh"] input')
  const pairs = await inputs.evaluateAll((all) =>
    all.map((one) => [one.getAttribute('name'), one.getAttribute('value')]),
  )
  return Object.fromEntries(pairs)
}

/** How often this key was refreshed with, by the auth-server's own log. */
function refreshesWith(jkt: string): number {
  const log = readFileSync(join(platform().data, 'log/auth-server.log'), 'utf8')
  const tokens = log.split('\n').filter((line) => line.includes('"/token"') && line.includes(jkt))
  // One of them redeemed the code.
  return tokens.filter((line) => line.includes('"outcome":"accepted"')).length - 1
}

function post(request: APIRequestContext, url: string, form: Record<string, string>) {
  return request.post(url, { form, headers: { origin: platform().web }, maxRedirects: 0 })
}

test('ten parallel refreshes make one refresh call and sign nobody out (B-013)', async ({
  page,
  context,
}) => {
  await signIn(page)
  const jkt = await keyOf(page)
  const form = await refreshForm(page)
  const url = `${platform().web}/profile/refresh`
  const answers = await Promise.all(Array.from({ length: 10 }, () => post(context.request, url, form)))
  expect(answers.map((answer) => answer.status())).toEqual(Array(10).fill(303))
  expect(refreshesWith(jkt)).toBe(1)
  await page.reload()
  await expect(page.locator('#session')).toContainText('once')
  await expect(page.locator('#profile')).toContainText(/alice/i)
})

test('two web replicas on one store make one refresh between them, and both keep the session (B-014)', async ({
  page,
  context,
}) => {
  test.setTimeout(120_000)
  await signIn(page)
  const jkt = await keyOf(page)
  const replica = await startWebReplica()
  try {
    const form = await refreshForm(page)
    const ask = (at: string) => post(context.request, `${at}/profile/refresh`, form)
    const both = Array.from({ length: 10 }, (_, n) => ask(n % 2 ? platform().web : replica.url))
    for (const answer of await Promise.all(both)) expect(answer.status()).toBe(303)
    expect(refreshesWith(jkt)).toBe(1)
    for (const at of [platform().web, replica.url]) {
      const answer = await context.request.get(`${at}/profile`)
      expect(await answer.text()).toContain(jkt)
    }
  } finally {
    await replica.stop()
  }
})

test('rotating the key signs in again under another key, and the old session is over', async ({
  page,
  browser,
}) => {
  await signIn(page)
  const before = await keyOf(page)
  const copied = await copyOf(browser, page.context())
  await page.getByRole('button', { name: 'Rotate the key' }).click()
  await expect(page.getByRole('status')).toContainText('A new sign-in, a new key')
  expect(await keyOf(page)).not.toBe(before)
  const thief = await copied.newPage()
  await thief.goto(`${platform().web}/profile`)
  await expect(thief.getByRole('main').getByRole('button', { name: /sign in/i })).toBeVisible()
  await copied.close()
})

test('sign-out everywhere ends the sessions of every browser, here and at the authorization server', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000)
  const elsewhere = await browser.newContext()
  const there = await elsewhere.newPage()
  const alices = await browser.newContext()
  const alice = await alices.newPage()
  const username = addUser('carol')
  await signIn(page, { username })
  await signIn(there, { username })
  await signIn(alice)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('You are signed out')
  for (const each of [page, there]) {
    await each.goto(`${platform().web}/profile`)
    await expect(each.getByRole('main').getByRole('button', { name: /sign in/i })).toBeVisible()
    await each.goto(`${platform().issuer}/account`)
    await expect(each.getByLabel('Password')).toBeVisible()
  }
  await alice.reload()
  await expect(alice.locator('#profile')).toContainText(/alice/i)
  await elsewhere.close()
  await alices.close()
})

test('the panel works without script: refresh, rotate, the thefts', async ({ browser }) => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await signIn(page)
  const { origin } = new URL(platform().issuer)
  await expect(page.locator('#session')).toContainText(`Nonce of ${origin}`)
  await page.getByRole('button', { name: 'Refresh now' }).click()
  await expect(page.getByRole('status')).toContainText('Refreshed')
  const before = await keyOf(page)
  await page.getByRole('button', { name: 'Rotate the key' }).click()
  await expect(page.getByRole('status')).toContainText('a new key')
  expect(await keyOf(page)).not.toBe(before)
  await page.getByRole('link', { name: 'Send it as Bearer' }).click()
  await expect(page.getByRole('status').filter({ hasText: '401' })).toContainText('scheme.match')
  await context.close()
})

async function copyOf(browser: Browser, context: BrowserContext): Promise<BrowserContext> {
  const copy = await browser.newContext()
  await copy.addCookies(await context.cookies())
  return copy
}
