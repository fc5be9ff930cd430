import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { runAll } from '../harness/playground.ts'

// A name such as code_challenge is no secret.
const secret = /eyJ[\w-]{10,}\.eyJ|\b(?:rt|code)_[\w-]{30}/

async function exported(page: Page, name: string): Promise<string> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('button', { name: `Export as ${name}` }).click()
  return readFileSync(await (await downloading).path(), 'utf8')
}

test('exports as HAR 1.2, JSON and Markdown hold every exchange, and no secret unless it is asked for', async ({
  page,
}) => {
  await runAll(page)
  const har = JSON.parse(await exported(page, 'HAR 1.2'))
  expect(har.log.version).toBe('1.2')
  expect(har.log.entries.length).toBeGreaterThanOrEqual(9)
  const json = JSON.parse(await exported(page, 'JSON'))
  expect(json).toHaveLength(har.log.entries.length)
  const markdown = await exported(page, 'Markdown')
  expect(markdown.match(/^## /gm)).toHaveLength(json.length)
  for (const text of [JSON.stringify(har), JSON.stringify(json), markdown]) expect(text).not.toMatch(secret)

  await page.getByLabel('Include live secrets').first().check()
  expect(await exported(page, 'JSON')).toMatch(secret)
})

test('a request edited before it goes is refused by the check that its edit breaks', async ({ page }) => {
  test.setTimeout(120_000)
  await runAll(page)
  const profile = page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: 'Read the profile' })
  const edits: [field: string, value: string, check: string][] = [
    ['Proof payload: htu', 'http://evil.example/api/profile', 'htu.match'],
    ['Proof payload: ath', 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', 'ath.match'],
    ['Proof header: typ', 'JWT', 'typ.dpop'],
    ['Proof payload: iat', '1000000000', 'iat.window'],
  ]
  for (const [field, value, check] of edits) {
    await profile.click()
    await page.getByRole('button', { name: /Do it again|Do this step/ }).click()
    await page.getByLabel(field, { exact: true }).fill(value)
    await page.getByRole('button', { name: 'Send it as edited' }).click()
    const why = page.getByRole('region', { name: 'Why it was refused' })
    await expect(why, field).toContainText(check)
  }
})

test('a request without its proof is refused, and what came of it is on screen', async ({ page }) => {
  await runAll(page)
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: 'Read the profile' })
    .click()
  await page.getByRole('button', { name: 'Do it again' }).click()
  await page.getByRole('button', { name: 'Leave the proof out' }).click()
  await page.getByRole('button', { name: 'Send it as edited' }).click()
  await expect(page.getByRole('region', { name: 'Why it was refused' })).toContainText('header.single')
})
