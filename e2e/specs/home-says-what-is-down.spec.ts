import { expect, test } from '@playwright/test'
import { type OpenPlatform, openPlatform } from '../harness/open-platform.ts'

let opened: OpenPlatform

test.describe.configure({ timeout: 180_000 })

test.beforeAll(async () => {
  opened = await openPlatform({ only: ['auth-server', 'web'], logs: 'e2e/test-results/log-api-down' })
})

test.afterAll(async () => {
  await opened?.close()
})

for (const javaScriptEnabled of [true, false]) {
  test(`home names the app that is down and the command that starts it, ${javaScriptEnabled ? 'with' : 'without'} script`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ javaScriptEnabled })
    const page = await context.newPage()
    await page.goto(opened.platform.web)
    const health = page.getByRole('region', { name: 'Running now' })
    const row = (name: string) => health.getByRole('listitem').filter({ hasText: name })
    await expect(row('resource-api')).toContainText('Down')
    await expect(row('resource-api')).toContainText('npm start -w @keybound/resource-api-app')
    for (const name of ['web', 'auth-server', 'store']) await expect(row(name)).toContainText('Up')
    await context.close()
  })
}
