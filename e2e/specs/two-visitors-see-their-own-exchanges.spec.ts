import { type Browser, expect, type Page, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { runAll } from '../harness/playground.ts'

interface Visitor {
  readonly page: Page
  /** The ids with which the page asked servers to keep its exchanges. */
  readonly traces: Set<string>
  /** Everything that a journal showed to this page. */
  readonly shown: Promise<string>[]
}

async function visit(browser: Browser): Promise<Visitor> {
  const context = await browser.newContext()
  const page = await context.newPage()
  const visitor: Visitor = { page, traces: new Set(), shown: [] }
  page.on('request', (request) => {
    const trace = request.headers()['keybound-trace']
    if (trace) visitor.traces.add(trace)
  })
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('/journal') && response.request().method() === 'GET')
      // The first page of a visitor is left for the authorization server, and its answers with it.
      visitor.shown.push(response.text().catch(() => '{"exchanges":[]}'))
  })
  return visitor
}

test('two visitors at once see what the servers received from them, and nothing of each other', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const [one, other] = await Promise.all([visit(browser), visit(browser)])
  await Promise.all([runAll(one.page), runAll(other.page)])
  const keys: string[] = []
  for (const { page } of [one, other]) {
    await page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: 'Read the profile' })
      .click()
    await expect(page.getByRole('article')).toContainText('resource-api received it')
    await page.getByRole('tab', { name: 'Checks' }).click()
    await expect(page.getByRole('article')).toContainText('Accepted')
    await page
      .getByRole('navigation', { name: 'Steps' })
      .getByRole('button', { name: 'Generate a key' })
      .click()
    keys.push(
      (await page
        .getByText(/^[\w-]{43}$/)
        .first()
        .textContent()) ?? '',
    )
  }
  expect(keys[0]).not.toBe(keys[1])
  for (const [mine, theirs] of [
    [one, other],
    [other, one],
  ] as const) {
    expect(mine.traces.size).toBeGreaterThan(0)
    const shown = (await Promise.all(mine.shown)).join()
    for (const trace of theirs.traces) expect(shown).not.toContain(trace)
    for (const theirText of await Promise.all(theirs.shown))
      for (const { id } of JSON.parse(theirText).exchanges) expect(shown).not.toContain(id)
  }
})

test('a journal shows nothing to who does not know the trace', async () => {
  const { issuer, api } = platform()
  for (const base of [issuer, api]) {
    expect((await fetch(`${base}/journal`)).status).toBe(400)
    const answer = await fetch(`${base}/journal`, { headers: { 'keybound-trace': 'A'.repeat(24) } })
    expect((await answer.json()).exchanges).toEqual([])
  }
})
