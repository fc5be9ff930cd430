import { expect, type Page } from '@playwright/test'
import { platform } from './platform.ts'
import { answerTheForms } from './sign-in.ts'

/** The titles of the steps, in order. */
export const stepTitles = [
  'Generate a key',
  'Discover',
  'Push the request',
  'Sign in and consent',
  'Get the token',
  'Read the profile',
  'Refresh',
  'Introspect and revoke',
]

/** Run all, over the auth-server's forms and back, until every step is done but the last, which would end the token. */
export async function runAll(page: Page): Promise<void> {
  await page.goto(`${platform().web}/playground`)
  const button = page.getByRole('button', { name: 'Run all' })
  await expect(button).toBeEnabled()
  await button.click()
  await answerTheForms(page)
  await page.waitForURL(`${platform().web}/playground*`)
  for (const title of stepTitles.slice(0, -1)) await expectDone(page, title)
}

/** Begins the next step, which has that title, and sends each of its requests as it is, until it is done. */
export async function stepThrough(page: Page, title: string): Promise<void> {
  const step = page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: title })
  const button = page.getByRole('button', { name: /^(Step|Send)$/ })
  await expect(button).toBeEnabled()
  await button.click()
  if (title === 'Sign in and consent') {
    await answerTheForms(page)
    await page.waitForURL(`${platform().web}/playground*`)
  }
  for (;;) {
    await expect(step.getByText(/Waits|Done/)).toBeVisible({ timeout: 20_000 })
    if (await step.getByText('Done').isVisible()) return
    await button.click()
  }
}

/** Does a step again, sending each of its requests as it is. */
export async function doAgain(page: Page, title: string): Promise<void> {
  const steps = page.getByRole('navigation', { name: 'Steps' })
  const step = steps.getByRole('button', { name: title })
  await step.click()
  await page.getByRole('button', { name: 'Do it again' }).click()
  const send = page.getByRole('button', { name: 'Send', exact: true })
  await expect(send).toBeVisible()
  while (await send.isVisible()) {
    await send.click()
    await expect(send.or(step.getByText(/Done|Failed/))).toBeVisible()
  }
}

export async function expectDone(page: Page, title: string): Promise<void> {
  const step = page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: title })
  await expect(step).toContainText('Done', { timeout: 20_000 })
}

/** What a thief with access to the wire, a proxy or a log could copy from a run of the playground. */
export interface Loot {
  readonly accessToken: string
  /** The proof of the request for the profile that succeeded. */
  readonly proof: string
}

/** Watches the page; call it before the page does anything, and ask it when the page has read the profile. */
export function watchForLoot(page: Page): () => Promise<Loot> {
  const { issuer, profileUrl } = platform()
  const tokens: Promise<string>[] = []
  const proofs: Promise<string>[] = []
  page.on('response', (response) => {
    const request = response.request()
    if (request.method() === 'POST' && response.url() === `${issuer}/token` && response.ok()) {
      tokens.push(response.json().then((body: { access_token: string }) => body.access_token))
    }
    if (request.method() === 'GET' && response.url() === profileUrl && response.ok()) {
      proofs.push(request.allHeaders().then((headers) => headers.dpop ?? ''))
    }
  })
  return async () => {
    const [accessToken = '', proof = ''] = await Promise.all([tokens[0], proofs[0]])
    expect(accessToken).not.toBe('')
    expect(proof).not.toBe('')
    return { accessToken, proof }
  }
}
