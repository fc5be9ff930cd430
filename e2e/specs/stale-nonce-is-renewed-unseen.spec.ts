import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createNonces } from '@keybound/dpop'
import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { doAgain, expectDone, runAll } from '../harness/playground.ts'

test('a nonce that went stale between two requests is renewed without anybody noticing', async ({ page }) => {
  const { data, profileUrl } = platform()
  const secret = /^API_NONCE_SECRET=(.+)$/m.exec(readFileSync(join(data, 'secrets.env'), 'utf8'))?.[1] ?? ''
  const stale = await createNonces({ secret }).issue(Date.now() / 1000 - 600)
  await runAll(page)

  // The browser is handed a nonce of ten minutes ago, as if it had slept, then reads the profile once more.
  const statuses: number[] = []
  let handOut = true
  await page.route(profileUrl, async (route) => {
    const response = await route.fetch()
    statuses.push(response.status())
    const headers = { ...response.headers(), ...(handOut && response.ok() ? { 'dpop-nonce': stale } : {}) }
    await route.fulfill({ response, headers })
  })
  await doAgain(page, 'Read the profile')
  expect(statuses).toEqual([200])

  handOut = false
  await doAgain(page, 'Read the profile')
  expect(statuses).toEqual([200, 401, 200])
  await expectDone(page, 'Read the profile')
  await expect(page.getByRole('alert').filter({ hasText: /answered|broke/ })).toHaveCount(0)
})
