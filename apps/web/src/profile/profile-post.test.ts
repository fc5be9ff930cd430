import { describe, expect, it, vi } from 'vitest'
import { fakeAuthorizationServer } from '../testing/fake-authorization-server.ts'
import { testBrowser } from '../testing/test-browser.ts'
import { testEnv, testWeb } from '../testing/test-web.ts'
import { profilePost } from './profile-post.ts'

const server = await fakeAuthorizationServer()
const web = await testWeb(server.fetch)
vi.mock('../dependencies.ts', () => ({ web: async () => web }))

function post(headers: Headers, form: Record<string, string>): Request {
  const all = new Headers(headers)
  all.set('content-type', 'application/x-www-form-urlencoded')
  return new Request(`${testEnv.webUrl}/profile/name`, {
    method: 'POST',
    headers: all,
    body: new URLSearchParams(form).toString(),
  })
}

async function arrange() {
  const browser = testBrowser(web, server)
  await browser.signIn()
  const token = decodeURIComponent(browser.jar.cookies.get('keybound-web.csrf') ?? '').split('|')[0] ?? ''
  const acted: string[] = []
  const act = async () => {
    acted.push('acted')
    return 'name-saved'
  }
  return { browser, token, acted, act }
}

describe('a form of the profile page', () => {
  it('acts for the session and goes back to the page', async () => {
    const { browser, token, acted, act } = await arrange()
    const response = await profilePost(
      post(browser.headers({ origin: testEnv.webUrl }), { csrfToken: token }),
      act,
    )
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe(`${testEnv.webUrl}/profile?notice=name-saved`)
    expect(acted).toEqual(['acted'])
  })

  it('does nothing for another site (B-009)', async () => {
    const { browser, token, acted, act } = await arrange()
    const foreign = [
      post(browser.headers({ origin: 'https://evil.example' }), { csrfToken: token }),
      post(browser.headers({ origin: 'null' }), { csrfToken: token }),
      post(browser.headers({ 'sec-fetch-site': 'same-site' }), { csrfToken: token }),
      post(browser.headers({ origin: testEnv.webUrl }), {}),
      post(browser.headers({ origin: testEnv.webUrl }), { csrfToken: 'f'.repeat(64) }),
    ]
    for (const request of foreign) expect((await profilePost(request, act)).status).toBe(403)
    expect(acted).toEqual([])
  })

  it('does nothing without a session, and without cookies', async () => {
    const { browser, token, acted, act } = await arrange()
    await web.sessions.end((await browser.session())?.sessionId ?? '')
    const response = await profilePost(
      post(browser.headers({ origin: testEnv.webUrl }), { csrfToken: token }),
      act,
    )
    expect(response.headers.get('location')).toBe(`${testEnv.webUrl}/profile`)
    expect(
      (await profilePost(post(new Headers({ origin: testEnv.webUrl }), { csrfToken: token }), act)).status,
    ).toBe(403)
    expect(acted).toEqual([])
  })

  it('answers what is no form with 400', async () => {
    const { browser, act } = await arrange()
    const headers = browser.headers({ origin: testEnv.webUrl, 'content-type': 'application/json' })
    const request = new Request(`${testEnv.webUrl}/profile/name`, { method: 'POST', headers, body: '{}' })
    expect((await profilePost(request, act)).status).toBe(400)
  })
})
