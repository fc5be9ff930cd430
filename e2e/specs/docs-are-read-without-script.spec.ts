import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'

test('the documents of the repository are pages, and lead to each other, without script', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const { web } = platform()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${web}/docs`)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Keybound')
  const hrefs = await page
    .getByRole('navigation', { name: 'Documents' })
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(hrefs.length).toBeGreaterThan(15)
  const dead = new Set<string>()
  for (const href of hrefs) {
    const answer = await page.request.get(web + href)
    if (answer.status() !== 200) dead.add(href)
    for (const [, link = ''] of (await answer.text()).matchAll(/<a href="(\/docs[^"#]*)/g))
      if (!hrefs.includes(link) && link !== '/docs') dead.add(`${href} leads to ${link}`)
  }
  expect([...dead]).toEqual([])

  await page.goto(`${web}/docs/operations`)
  await expect(
    page.locator('article pre .code-function, article pre .code-string, article pre .code-parameter').first(),
  ).toBeVisible()
  for (const outside of [
    '/docs/..%2f..%2fetc%2fpasswd',
    '/docs/package.json',
    '/docs/nothing',
    '/docs-pictures/%2e%2e%2fREADME.md',
    '/source/package.json',
    '/source/.env',
    '/source/packages/dpop/src/..%2f..%2f..%2fpackage.json',
    '/source/packages/dpop/src/nothing.ts',
  ])
    expect((await page.request.get(web + outside)).status(), outside).toBe(404)
  await context.close()
})

test('the reading list leads to every source file, without script', async ({ browser }) => {
  test.setTimeout(180_000)
  const { web } = platform()
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${web}/docs/reading`)
  const sources = await page
    .locator('article a[href^="/source/"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
  expect(sources.length).toBeGreaterThan(500)
  const some = sources.filter((href, at) => at % 100 === 0 || href.endsWith('/checks/%5Bid%5D/page.tsx'))
  expect(some).toContain('/source/apps/web/src/app/checks/%5Bid%5D/page.tsx')
  for (const href of some) expect((await page.request.get(web + href)).status(), href).toBe(200)
  await page.goto(`${web}/source/packages/dpop/src/proof/check-proof.ts#L42`)
  await expect(page.locator('.code-line:target')).toContainText("header.typ === 'dpop+jwt'")
  await context.close()
})
