import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { expectDone, runAll, stepThrough, stepTitles } from '../harness/playground.ts'

test('the playground goes from key to revocation step by step, stopping before each request', async ({
  page,
}) => {
  test.setTimeout(120_000)
  await page.goto(`${platform().web}/playground`)
  for (const title of stepTitles) await stepThrough(page, title)
  await expect(page.getByRole('list', { name: 'Requests of this step' }).getByRole('listitem')).toHaveCount(3)
})

test('Run all goes on by itself after the visit to the authorization server, and the nonce retry is shown', async ({
  page,
}) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  await runAll(page)
  const steps = page.getByRole('navigation', { name: 'Steps' })
  await steps.getByRole('button', { name: 'Get the token' }).click()
  const attempts = page.getByRole('list', { name: 'Requests of this step' })
  await expect(attempts.getByRole('listitem')).toHaveText([/400 use_dpop_nonce/, /200/])
  await page.getByLabel('Compare with the attempt before').check()
  const differences = page.getByRole('list', { name: 'What differs from the attempt before' })
  await expect(differences.getByRole('listitem').filter({ hasText: 'proof nonce' })).toContainText('New')
  await expect(differences.getByRole('listitem').filter({ hasText: 'proof jti' })).toContainText('Changed')
  expect(errors).toEqual([])
})

test('the private key cannot be exported, survives a reload, and no token is kept in the browser', async ({
  page,
}) => {
  await runAll(page)
  const kept = await page.evaluate(async () => {
    const found: { extractable: boolean; exported: boolean }[] = []
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((done, failed) => {
        const opening = indexedDB.open(name)
        opening.onsuccess = () => done(opening.result)
        opening.onerror = () => failed(opening.error)
      })
      for (const store of database.objectStoreNames) {
        const rows = await new Promise<unknown[]>((done) => {
          const reading = database.transaction(store).objectStore(store).getAll()
          reading.onsuccess = () => done(reading.result)
        })
        for (const row of rows as { pair?: CryptoKeyPair }[]) {
          const key = row.pair?.privateKey
          if (!key) continue
          const exported = await crypto.subtle.exportKey('jwk', key).then(
            () => true,
            () => false,
          )
          found.push({ extractable: key.extractable, exported })
        }
      }
      database.close()
    }
    return { found, stored: JSON.stringify([{ ...localStorage }, { ...sessionStorage }]) }
  })
  expect(kept.found).toEqual([{ extractable: false, exported: false }])
  expect(kept.stored).not.toMatch(/eyJ[\w-]{10,}\.eyJ|\brt_|\bcode_/)

  await page.reload()
  await expectDone(page, 'Generate a key')
})

test('Back after the visit to the authorization server repeats no request', async ({ page }) => {
  await runAll(page)
  const posts: string[] = []
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()))
  await page.goBack()
  await page.waitForTimeout(500)
  expect(posts).toEqual([])
})

test('an answer with a foreign state or iss is refused by the page', async ({ page }) => {
  const { web } = platform()
  await page.goto(`${web}/playground/callback?code=code_x&state=foreign&iss=https%3A%2F%2Fevil.test`)
  await expect(page.getByRole('alert').first()).toBeVisible()
  await expect(
    page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: 'Get the token' }),
  ).not.toContainText('Done')
})
