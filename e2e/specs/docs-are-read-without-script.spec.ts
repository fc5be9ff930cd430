import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'

test('the documents of the repository are pages, and lead to each other, without script', async ({
  browser,
}) => {
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
  ])
    expect((await page.request.get(web + outside)).status(), outside).toBe(404)
  await context.close()
})
