import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'

const good = {
  client_id: 'cli',
  response_type: 'code',
  redirect_uri: 'http://127.0.0.1:49160/callback',
  scope: 'openid',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}

const bad: Record<string, Record<string, string>> = {
  'an unknown client_id': { client_id: 'nobody' },
  'markup as client_id': { client_id: '<img src=x onerror=alert(1)>' },
  'no client_id': { client_id: '' },
  'no redirect_uri': { redirect_uri: '' },
  'another host': { redirect_uri: 'http://evil.test/callback' },
  'a longer path': { redirect_uri: 'http://127.0.0.1:49160/callback/more' },
  'another case of the path': { redirect_uri: 'http://127.0.0.1:49160/Callback' },
  'a fragment': { redirect_uri: 'http://127.0.0.1:49160/callback#x' },
  'user information': { redirect_uri: 'http://alice@127.0.0.1:49160/callback' },
  'javascript:': { redirect_uri: 'javascript:alert(1)' },
  'a foreign request_uri': { request_uri: 'urn:ietf:params:oauth:request_uri:nobody-made-this' },
}

for (const [title, change] of Object.entries(bad)) {
  test(`${title} shows a page and never redirects`, async ({ page }) => {
    const { issuer } = platform()
    const parameters = Object.entries({ ...good, ...change }).filter(([, value]) => value !== '')
    const answer = await fetch(`${issuer}/authorize?${new URLSearchParams(parameters)}`, {
      redirect: 'manual',
    })
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    const html = await answer.text()
    expect(html).not.toContain('<img src=x')

    await page.goto(`${issuer}/authorize?${new URLSearchParams(parameters)}`)
    expect(new URL(page.url()).origin).toBe(new URL(issuer).origin)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  })
}

test('a fault that the client may hear goes to the client: response_type token (A-007)', async () => {
  const { issuer } = platform()
  const parameters = new URLSearchParams({ ...good, response_type: 'token', state: 'abc' })
  const answer = await fetch(`${issuer}/authorize?${parameters}`, { redirect: 'manual' })
  expect([302, 303]).toContain(answer.status)
  const to = new URL(answer.headers.get('location') ?? '')
  expect(to.href.startsWith(good.redirect_uri)).toBe(true)
  const said = new URLSearchParams(to.hash ? to.hash.slice(1) : to.search)
  expect(Object.fromEntries(said)).toMatchObject({
    error: 'unsupported_response_type',
    state: 'abc',
    iss: issuer,
  })
})
