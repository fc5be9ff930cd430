import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { sendRaw } from '../harness/send-raw.ts'
import { signIn } from '../harness/sign-in.ts'

/** Where somebody could hope that the web app forwards a request to, with the token of the session. */
const targets = [
  'http://evil.test/profile',
  'http://localhost:1@evil.test/profile',
  '//evil.test/profile',
  '/profile/../../etc/passwd',
  '/profile/%2e%2e/%2e%2e/admin',
  '/profile/..%2fadmin',
  '/profile@evil.test',
  '/profile/http://evil.test/',
  '/api/profile',
  '/api/profile/../admin',
]

test('whatever path a signed-in browser asks for, nothing is forwarded but to the one configured API (B-015)', async ({
  page,
  context,
}) => {
  const { web, data } = platform()
  await signIn(page)
  const cookies = await context.cookies(web)
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  const jkt = await page
    .locator('#session')
    .getByText(/^[\w-]{43}$/)
    .first()
    .textContent()
  const ofThisKey = () =>
    readFileSync(join(data, 'log/resource-api.log'), 'utf8')
      .split('\n')
      .filter((line) => line.includes(jkt ?? 'no key')).length
  const before = ofThisKey()
  expect(before).toBeGreaterThan(0)
  for (const path of targets) {
    const answer = await sendRaw(web, { path, headers: [['Cookie', cookie]] })
    expect([400, 404], path).toContain(answer.status)
  }
  expect(ofThisKey()).toBe(before)
})

test('pages and session endpoint of somebody signed in are for no shared cache (B-022)', async ({
  page,
  context,
}) => {
  const { web } = platform()
  await signIn(page)
  for (const path of ['/profile', '/', '/api/auth/session', '/playground']) {
    const answer = await context.request.get(web + path)
    expect(answer.headers()['cache-control'], path).toMatch(/no-store/)
  }
})
