import { requirement } from '@keybound/testkit'
import { describe, expect } from 'vitest'
import { authorizationPath } from '../../test/authorization.ts'
import { Browser, type Left, shown } from '../../test/browser.ts'
import { password } from '../../test/clients.ts'
import { openApp } from '../../test/open-app.ts'

/** As seen through the proxy of hardened mode. */
const app = await openApp({ mode: 'hardened', issuer: 'https://id.example/auth' })

const browser = new Browser(app)
const login = await browser.show(`/auth${authorizationPath()}`)
const consent = shown(await browser.press(login, 'login', { username: 'alice', password }))
const end = (await browser.press(consent, 'allow')) as Left
const refusal = await browser.show(`/auth${authorizationPath({ client_id: 'nobody' })}`)
const account = await browser.show('/auth/account')
const pages = { login, consent, refusal, account }

describe.each(Object.entries(pages))('the %s page', (name, { url, headers }) => {
  requirement('OPS-01', 'has a policy that allows no script, no frame and no form to elsewhere', () => {
    expect(url.pathname).toMatch(name === 'refusal' ? /authorize$/ : new RegExp(`${name}$`))
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
        const [directive = '', ...sources] = rule.split(' ')
        return [directive, sources.join(' ')]
      }),
    )
    const transaction = name === 'login' || name === 'consent'
    expect(policy).toEqual({
      'default-src': "'none'",
      'style-src': "'self'",
      'script-src': "'none'",
      'img-src': "'self'",
      'form-action': transaction ? "'self' http://localhost:3000" : "'self'",
      'frame-ancestors': "'none'",
      'base-uri': "'none'",
    })
  })

  requirement(['OPS-02', 'OPS-04'], 'gives the browser no feature, and asks for https for two years', () => {
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'strict-transport-security': 'max-age=63072000; includeSubDomains',
    })
    for (const feature of (headers.get('permissions-policy') ?? '').split(', '))
      expect(feature).toMatch(/^[a-z-]+=\(\)$/)
  })

  requirement(['OPS-03', 'OPS-05'], 'is kept by nobody, and named to this origin alone', () => {
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('referrer-policy')).toBe('same-origin')
  })
})

requirement(
  ['OPS-03', 'OPS-05'],
  'the answer that leads to the callback sends no referrer and is kept by nobody',
  () => {
    expect(end.left.searchParams.get('code')).toMatch(/^code_/)
    expect(end.headers.get('referrer-policy')).toBe('no-referrer')
    expect(end.headers.get('cache-control')).toBe('no-store')
  },
)

requirement('OPS-03', 'a post from the origin null counts as one from elsewhere', async () => {
  const stranger = new Browser(app)
  const page = await stranger.show(`/auth${authorizationPath()}`)
  const headers = { origin: 'null', 'sec-fetch-site': 'cross-site' }
  for (const from of [headers, { origin: 'null' }]) {
    const answer = shown(await stranger.press(page, 'login', { username: 'alice', password }, from))
    expect(answer.status).toBe(403)
  }
})

requirement(
  'OPS-13',
  'what is remembered before the login has a cookie of its own, __Host- over https',
  () => {
    const names = [...browser.cookies.keys()].sort()
    expect(names).toEqual(['__Host-keybound-auth-browser', '__Host-keybound-auth-session'])
  },
)

requirement('OPS-18', 'the paths of the demo are unknown ones', async () => {
  for (const path of ['/auth/journal', '/auth/events', '/metrics', '/auth/metrics'])
    expect((await app.send(path)).status, path).toBe(404)
})
