import { CHECKS } from '@keybound/dpop/server'
import { parseChallenges } from '@keybound/oauth'
import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { sendRaw } from '../harness/send-raw.ts'

test('both servers name the page of the check in error_uri, absolute and there', async ({ page }) => {
  const { api, issuer, web } = platform()
  const refused = await sendRaw(api, {
    path: '/api/profile',
    headers: [
      ['Authorization', 'DPoP x'],
      ['DPoP', 'x'],
    ],
  })
  const [challenge] = parseChallenges(refused.headers.get('www-authenticate') ?? '')
  expect(challenge?.params.error_uri).toBe(`${web}/checks/jwt.wellformed`)
  expect(JSON.parse(refused.text).error_uri).toBe(`${web}/checks/jwt.wellformed`)

  const body =
    'grant_type=authorization_code&client_id=cli&code=code_x&redirect_uri=http://127.0.0.1/callback'
  const headers = [['Content-Type', 'application/x-www-form-urlencoded']] as const
  const token = await sendRaw(issuer, { method: 'POST', path: '/token', headers, body })
  const answer = JSON.parse(token.text) as { error_description: string; error_uri?: string }
  expect(answer.error_description).toMatch(/^client\.requires: /)
  expect(answer.error_uri).toBe(`${web}/checks/client.requires`)

  await page.goto(answer.error_uri ?? '')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('A proof where one was promised')
})

test('every check has a page with why, both examples, the line of code and the fix, without script', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${platform().web}/checks`)
  for (const { id } of CHECKS) {
    await expect(page.getByRole('link', { name: id })).toHaveAttribute('href', `/checks/${id}`)
    const answer = await page.request.get(`${platform().web}/checks/${id}`)
    expect(answer.status(), id).toBe(200)
    const text = (await answer.text()).replace(/<script.*?<\/script>/gs, '')
    for (const part of ['How to mend it', 'Kept', 'Broken', 'The attack it stops', ', line '])
      expect(text, `${id}: ${part}`).toContain(part)
  }
  expect((await page.request.get(`${platform().web}/checks/no.such`)).status()).toBe(404)
  await context.close()
})
