import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { fakeAuthorizationServer, issuer, type Misbehaviour } from '../testing/fake-authorization-server.ts'
import { testBrowser } from '../testing/test-browser.ts'
import { testEnv, testWeb } from '../testing/test-web.ts'

async function arrange(bad: Misbehaviour = {}) {
  const server = await fakeAuthorizationServer(bad)
  const web = await testWeb(server.fetch)
  return { server, web, browser: testBrowser(web, server) }
}

function reasonOf(response: Response): string | null {
  return new URL(response.headers.get('location') ?? 'x:').searchParams.get('reason')
}

describe('the start of a sign-in', () => {
  it('pushes what Auth.js would have sent through the browser, with a proof, and sends the browser on with client_id and request_uri alone (FAPI-03, BROWSER-01)', async () => {
    const { server, browser } = await arrange()
    const response = await browser.startSignIn()
    const [push] = server.posts('/par')
    expect(response.status).toBe(303)
    const target = new URL(response.headers.get('location') ?? '')
    expect(target.origin + target.pathname).toBe(`${issuer}/authorize`)
    expect([...target.searchParams.keys()]).toEqual(['client_id', 'request_uri'])
    expect(Object.fromEntries(push?.form ?? [])).toMatchObject({
      client_id: 'web',
      response_type: 'code',
      redirect_uri: `${testEnv.webUrl}/api/auth/callback/keybound`,
      code_challenge_method: 'S256',
      scope: 'openid profile profile:write offline_access',
      state: expect.any(String),
      nonce: expect.any(String),
    })
    expect(push?.proof).toMatchObject({ htm: 'POST', htu: `${issuer}/par` })
    expect(decodeJwt(push?.form.get('client_assertion') ?? '').aud).toBe(issuer)
  })

  it('makes a key of its own for each sign-in and keeps it in a sealed row; the cookie holds an id', async () => {
    const { web, browser } = await arrange()
    await browser.startSignIn()
    const id = browser.jar.cookies.get('keybound-web.sign-in') ?? ''
    expect(id).toMatch(/^ws_[\w-]{43}$/)
    expect((await web.sessions.findPending(id))?.jkt).toHaveLength(43)
    const again = testBrowser(web, await fakeAuthorizationServer())
    await again.startSignIn()
    expect(web.rows.all.size).toBe(2)
  })

  it('takes nothing of the address: no parameter of the authorization request can be set from outside', async () => {
    const { server, browser } = await arrange()
    await browser.startSignIn({}, {}, '?redirect_uri=https%3A%2F%2Fevil.example&scope=everything&prompt=none')
    const form = server.posts('/par')[0]?.form
    expect(form?.get('redirect_uri')).toBe(`${testEnv.webUrl}/api/auth/callback/keybound`)
    expect(form?.has('prompt')).toBe(false)
  })

  it('answers a script that asked for it with the same target as JSON, in the Location too', async () => {
    const { browser } = await arrange()
    const response = await browser.startSignIn({}, { 'x-auth-return-redirect': '1' })
    const { url } = (await response.json()) as { url: string }
    expect(response.status).toBe(200)
    expect(new URL(url).searchParams.has('request_uri')).toBe(true)
    expect(response.headers.get('location')).toBe(url)
    expect(response.headers.getSetCookie().join()).toContain('keybound-web.state=')
  })

  it('answers use_dpop_nonce with one retry, with a new jti, the nonce and a new assertion (B-010, FAPI-03)', async () => {
    const { server, browser } = await arrange({ nonce: 'needed' })
    await browser.startSignIn()
    const [first, second, ...more] = server.posts('/par')
    expect(more).toEqual([])
    expect(second?.proof).toMatchObject({ nonce: 'nonce-1' })
    expect(second?.proof?.jti).not.toBe(first?.proof?.jti)
    const [one, other] = [first, second].map((push) => decodeJwt(push?.form.get('client_assertion') ?? ''))
    expect(other?.jti).not.toBe(one?.jti)
  })

  it('gives up after one retry where the server is never content (B-011)', async () => {
    const { server, browser } = await arrange({ nonce: 'always' })
    const response = await browser.startSignIn()
    expect(server.posts('/par')).toHaveLength(2)
    expect(reasonOf(response)).toBe('par.accepted')
  })

  it.each<[string, Misbehaviour, string]>([
    ['refuses the pushed request', { parStatus: 400 }, 'par.accepted'],
    ['offers no PAR', { metadata: { pushed_authorization_request_endpoint: undefined } }, 'issuer.offers'],
    ['speaks for another issuer (B-020)', { metadata: { issuer: 'http://evil.example' } }, 'issuer.match'],
  ])('shows a page that explains it where the server %s', async (_, bad, reason) => {
    const { server, browser } = await arrange(bad)
    const response = await browser.startSignIn()
    expect(response.headers.get('location')).toMatch(/^http:\/\/web\.example\/sign-in\/error\?/)
    expect(reasonOf(response)).toBe(reason)
    if (reason !== 'par.accepted') expect(server.posts('/par')).toEqual([])
  })

  it('explains it to a script as JSON', async () => {
    const { browser } = await arrange({ parStatus: 500 })
    const response = await browser.startSignIn({}, { 'x-auth-return-redirect': '1' })
    expect(((await response.json()) as { url: string }).url).toContain('reason=par.accepted')
  })

  it('shows a page where the server does not answer', async () => {
    const server = await fakeAuthorizationServer()
    const web = await testWeb(async () => {
      throw new TypeError('fetch failed')
    })
    expect(reasonOf(await testBrowser(web, server).startSignIn())).toBe('issuer.reachable')
  })

  it.each<[string, Record<string, string | undefined>, Record<string, string | undefined>]>([
    ['from another origin', {}, { origin: 'https://evil.example' }],
    ['with Origin: null', {}, { origin: 'null' }],
    ['from another site', {}, { 'sec-fetch-site': 'cross-site' }],
    ['without a CSRF token', { csrfToken: undefined }, {}],
    ['with a wrong CSRF token', { csrfToken: 'f'.repeat(64) }, {}],
  ])('refuses a post %s with 403 and pushes nothing (B-009, BROWSER-04)', async (_, fields, headers) => {
    const { server, web, browser } = await arrange()
    const response = await browser.startSignIn(fields, headers)
    expect(response.status).toBe(403)
    expect(server.posts('/par')).toEqual([])
    expect(web.rows.all.size).toBe(0)
  })

  it.each(['https://evil.example/', '//evil.example', 'http://', '/\\evil', 'javascript:alert(1)'])(
    'keeps the return to this origin, whatever is asked: %j (B-005)',
    async (callbackUrl) => {
      const { browser } = await arrange()
      const response = await browser.signIn({}, { callbackUrl })
      expect(new URL(response.headers.get('location') ?? '').origin).toBe(testEnv.webUrl)
    },
  )
})
