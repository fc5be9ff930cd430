import { formActionSource } from '@keybound/oauth'
import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { siteOf } from '../site.ts'
import { ConsentPage } from './consent-page.tsx'
import { ErrorPage } from './error-page.tsx'
import { LoginPage } from './login-page.tsx'
import { pageResponse } from './page-response.ts'
import { plainText } from './plain-text.ts'
import { timeText } from './time-text.ts'

const site = siteOf('http://localhost:4000', 'keybound-demo')
const hostile = `"><script>alert(1)</script>'`

requirement('U-012', 'markup in a client name, a scope, a login hint or an error is text', async () => {
  const pages = [
    LoginPage({ site, csrf: hostile, transaction: { id: hostile, clientName: hostile }, username: hostile }),
    ConsentPage({
      site,
      csrf: 'c',
      transactionId: hostile,
      clientName: hostile,
      redirectUri: 'https://app.example/cb',
      username: hostile,
      scope: ['openid', hostile],
      key: { jkt: hostile, proved: true },
    }),
    ErrorPage({
      site,
      title: hostile,
      sentence: hostile,
      code: hostile,
      correlationId: hostile,
      passes: false,
    }),
  ]
  for (const page of pages) {
    const html = await (await pageResponse(page)).text()
    expect(html).not.toContain('<script')
    expect(html).toContain('&lt;script&gt;')
  }
})

requirement('G-008', 'a name cannot turn the direction of the text, hide in it or fill the page', () => {
  expect(plainText('Bank\u202egro.elpmaxe\u200b\n\u0000!')).toBe('Bankgro.elpmaxe!')
  expect(plainText('x'.repeat(10_000))).toHaveLength(80)
})

requirement('U-019', 'a page allows no script at all and forms to us and one more origin only', async () => {
  const response = await pageResponse('<p>', { formAction: [formActionSource('https://app.example/cb?x')] })
  const policy = response.headers.get('content-security-policy')
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'none'")
  expect(policy).toContain("form-action 'self' https://app.example;")
  expect(policy).toContain("frame-ancestors 'none'")
})

test('the demo shows its password, any other installation does not (OPS-18)', async () => {
  const shown = async (on: typeof site) => String(await LoginPage({ site: on, csrf: 'c' }))
  expect(await shown(site)).toContain('keybound-demo')
  expect(await shown(siteOf('https://as.example'))).not.toContain('keybound-demo')
})

test('times are told from now', () => {
  expect(timeText(1000, 1000)).toBe('just now')
  expect(timeText(1000, 1000 + 4 * 60)).toBe('4 minutes ago')
  expect(timeText(1000 + 2 * 3600, 1000)).toBe('in 2 hours')
})
