import { expect, test } from '@playwright/test'
import { platform } from '../harness/platform.ts'
import { signIn } from '../harness/sign-in.ts'

/** A signed JWT that is no decoration: header, payload and signature. */
const jwt = /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}/
const secrets = [jwt, /\brt_[\w-]{40,}/, /\bcode_[\w-]{40,}/, /"d"\s*:\s*"[\w-]{20,}"/, /PRIVATE KEY/]

test('HTML, scripts, RSC payloads and the session endpoint hold no token, code, secret or private key (B-006)', async ({
  page,
}) => {
  const { web } = platform()
  const bodies = new Map<string, string>()
  page.on('response', async (response) => {
    if (!response.url().startsWith(web) || response.status() >= 300) return
    const text = await response.text().catch(() => '')
    bodies.set(`${response.request().method()} ${response.url()}`, text)
  })
  await signIn(page)
  await page
    .getByRole('link', { name: /playground/i })
    .first()
    .click()
  await page.waitForURL(/playground/)
  await page.goto(`${web}/profile`)
  await page.goto(`${web}/api/auth/session`)
  await page.goto(`${web}/profile`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect(bodies.size).toBeGreaterThan(5)
  for (const [what, text] of bodies) for (const secret of secrets) expect(text, what).not.toMatch(secret)

  const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]))
  for (const secret of secrets) expect(stored).not.toMatch(secret)
})

test('the session cookie is HttpOnly, Lax, and holds nothing that a thief could use at the API', async ({
  page,
  context,
}) => {
  const { web, profileUrl } = platform()
  await signIn(page)
  const cookies = await context.cookies(web)
  for (const cookie of cookies) {
    expect(cookie.httpOnly, cookie.name).toBe(true)
    expect(cookie.sameSite, cookie.name).toBe('Lax')
    for (const scheme of ['Bearer', 'DPoP']) {
      const answer = await fetch(profileUrl, {
        headers: {
          authorization: `${scheme} ${decodeURIComponent(cookie.value).replace(/[^\w.~+/=-]/g, '')}`,
        },
      })
      expect(answer.status).toBe(401)
    }
  }
})
