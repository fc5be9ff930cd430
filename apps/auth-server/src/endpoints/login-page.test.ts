import { requirement } from '@keybound/testkit'
import { expect, test } from 'vitest'
import { authorizationPath } from '../../test/authorization.ts'
import { Browser, shown } from '../../test/browser.ts'
import { password } from '../../test/clients.ts'
import { openApp } from '../../test/open-app.ts'

const app = await openApp()
const alice = { username: 'alice', password }

requirement(['U-005', 'BCP-08'], 'no other page can frame the login page or the consent page', async () => {
  const browser = new Browser(app)
  const login = await browser.show(authorizationPath())
  const consent = shown(await browser.press(login, 'login', alice))
  expect([login.url.pathname, consent.url.pathname]).toEqual(['/login', '/consent'])
  for (const { headers } of [login, consent]) {
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect(headers.get('x-frame-options')).toBe('DENY')
  }
})

requirement(
  'U-007',
  'a login leads to where it was begun, whatever the URL or the form says of a return',
  async () => {
    for (const target of [
      '//evil.example',
      '/\\evil.example',
      '%2f%2fevil.example',
      'https://evil.example/',
    ]) {
      const browser = new Browser(app)
      const query = new URLSearchParams({ returnTo: target, return_to: target, next: target })
      const login = await browser.show(`/login?${query}`)
      expect(login.html).not.toContain('evil')
      const end = shown(await browser.press(login, 'login', { ...alice, returnTo: target, next: target }))
      expect(end.url.href, target).toBe(`${app.issuer}/account`)
    }
  },
)

test('the URL names a problem that there is, or none', async () => {
  for (const [problem, shows] of [
    ['credentials', true],
    ['constructor', false],
    ['<b>x</b>', false],
  ] as const) {
    const { html } = await new Browser(app).show(`/login?${new URLSearchParams({ problem })}`)
    expect(html.includes('You are not signed in'), problem).toBe(shows)
  }
})
