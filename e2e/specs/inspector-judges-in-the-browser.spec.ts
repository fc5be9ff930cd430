import { generateKey } from '@keybound/dpop/client'
import { forgeProof } from '@keybound/dpop/testing'
import { expect, type Page, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { runAll, watchForLoot } from '../harness/playground.ts'
import { watchPage } from '../harness/watch-page.ts'

const url = 'https://api.example/profile'
const key = await generateKey()

async function open(page: Page, fragment = ''): Promise<void> {
  await page.goto(`${platform().web}/inspector${fragment}`)
  await expect(page.getByRole('button', { name: 'Show me an example' })).toBeEnabled()
}

function forged(defect: Parameters<typeof forgeProof>[1]['defect'], now = Date.now() / 1000) {
  return forgeProof(key, { method: 'GET', url, now, defect })
}

function verdict(page: Page) {
  return page.getByRole('region', { name: 'Verdict' })
}

test('what is pasted is judged in the page, which asks nobody for anything', async ({ page }) => {
  const watch = watchPage(page)
  await open(page)
  const response = await page.request.get(`${platform().web}/inspector`)
  const policy = response.headers()['content-security-policy']
  expect(policy).toContain("connect-src 'none'")
  expect(policy).toContain("form-action 'none'")
  await page.waitForLoadState('networkidle')
  const before = watch.requests.length

  await page
    .getByLabel('Paste anything')
    .fill(`curl -X GET '${url}?page=2' -H 'DPoP: ${await forged('htu-http')}'`)
  await expect(verdict(page)).toContainText('Rejected')
  await expect(verdict(page)).toContainText('htu.match')
  await expect(verdict(page)).toContainText('The proof says http and the server is configured as https.')
  await page.getByLabel('Paste anything').fill(String(await forged(undefined)))
  await expect(verdict(page)).toContainText('Accepted')
  await expect(verdict(page)).toContainText('Needs: the method of the request.')
  await page.getByLabel('Method').fill('POST')
  await expect(verdict(page)).toContainText('htm.match')

  expect(watch.requests.slice(before)).toEqual([])
  expect(
    await page.evaluate(() =>
      fetch('/healthz').then(
        () => 'sent',
        () => 'refused',
      ),
    ),
  ).toBe('refused')
})

test('a request of this platform is judged down to the signature of its token', async ({ page }) => {
  const loot = watchForLoot(page)
  await runAll(page)
  const { accessToken, proof } = await loot()
  await open(page)
  await page
    .getByLabel('Paste anything')
    .fill(
      `GET /api/profile HTTP/1.1\nHost: ${new URL(platform().api).host}\nAuthorization: DPoP ${accessToken}\nDPoP: ${proof}`,
    )
  await page.getByText('when it was made').click()
  await expect(verdict(page)).toContainText('Accepted')
  await expect(verdict(page).getByRole('link', { name: 'token.valid' })).toBeVisible()
  await expect(verdict(page)).not.toContainText('the keys of the issuer')
  await page.getByLabel('Paste anything').fill(`Authorization: Bearer ${accessToken}`)
  await expect(verdict(page)).toContainText('scheme.match')
})

test('bad input points at the first bad character', async ({ page }) => {
  await open(page)
  const proof = String(await forged(undefined))
  await page.getByLabel('Paste anything').fill(`DPoP: ${proof.slice(0, 30)} ${proof.slice(30)}`)
  await expect(page.getByText('Line 1, character 37')).toBeVisible()
})

test('the keyboard alone is enough: example, defect, fixture, build, and back', async ({ page }) => {
  await open(page)
  await page.getByRole('tab', { name: 'Inspect' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Make it wrong' })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('What is to be wrong')).toBeFocused()
  await page.getByLabel('What is to be wrong').selectOption('sig-der')
  await expect(page.getByText('The signature is in DER')).toBeVisible()
  await page.keyboard.press('Tab')
  const download = page.waitForEvent('download')
  await page.keyboard.press('Enter')
  const file = await (await download).createReadStream()
  const fixture = JSON.parse((await file.toArray()).join(''))
  expect(fixture).toMatchObject({ name: 'sig-der', expect: { outcome: 'rejected', check: 'sig.valid' } })
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toContainText('sig.valid')

  await page.getByRole('tab', { name: 'Inspect' }).focus()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'The signing input' })).toBeVisible()
  await page.getByRole('button', { name: 'Inspect it' }).focus()
  await page.keyboard.press('Enter')
  await expect(verdict(page)).toContainText('Accepted')
})

test('a link to an inspection holds it behind the #, and reload and Back keep it', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await open(page)
  const text = `DPoP: ${await forged('typ-jwt')}`
  await page.getByLabel('Paste anything').fill(text)
  await page.getByRole('button', { name: 'Copy a link to this' }).click()
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()))
  expect(link.pathname + link.search).toBe('/inspector')
  await open(page, link.hash)
  await expect(page.getByLabel('Paste anything')).toHaveValue(text)
  await expect(verdict(page)).toContainText('typ.dpop')
  await page.reload()
  await expect(page.getByLabel('Paste anything')).toHaveValue(text)
  await verdict(page).getByRole('link', { name: 'typ.dpop' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The type is dpop+jwt')
  await page.goBack()
  await expect(page.getByLabel('Paste anything')).toHaveValue(text)

  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  const markdown = await page.evaluate(() => navigator.clipboard.readText())
  expect(markdown).toContain('**rejected** by `typ.dpop`')
  expect(markdown).not.toContain('eyJ')
})
