import { createHash } from 'node:crypto'
import type { JWTPayload } from 'jose'
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { fakeAuthorizationServer, type Misbehaviour } from '../testing/fake-authorization-server.ts'
import { testBrowser } from '../testing/test-browser.ts'
import { testEnv, testWeb } from '../testing/test-web.ts'
import { authFor } from './auth-config.ts'
import { sessionPath } from './auth-paths.ts'
import { authRequest } from './auth-request.ts'

async function arrange(bad: Misbehaviour = {}) {
  const server = await fakeAuthorizationServer(bad)
  const web = await testWeb(server.fetch)
  return { server, web, browser: testBrowser(web, server) }
}

function reasonOf(response: Response): string | null {
  return new URL(response.headers.get('location') ?? 'x:').searchParams.get('reason')
}

const session = 'keybound-web.session'
const { privateKey: strange } = await generateKeyPair('ES256')

describe('the return from the authorization server', () => {
  it('signs in: the row has a new id, the token was asked for with the key of this sign-in, the subject is the provider’s own', async () => {
    const { server, web, browser } = await arrange({ nonce: 'needed' })
    const started = await browser.startSignIn({ callbackUrl: '/profile' })
    const pendingId = browser.jar.cookies.get('keybound-web.sign-in') ?? ''
    const key = await web.sessions.findPending(pendingId)
    const response = await browser.comeBack(server.authorize(new URL(started.headers.get('location') ?? '')))
    expect(response.headers.get('location')).toBe(`${testEnv.webUrl}/profile`)
    const current = await browser.session()
    expect(current?.subject).toBe('alice-sub')
    expect(current?.sessionId).not.toBe(pendingId)
    expect((await web.sessions.find(current?.sessionId ?? ''))?.signer.jkt).toBe(key?.jkt)
    expect(browser.jar.cookies.has('keybound-web.sign-in')).toBe(false)
    expect(server.posts('/token').at(-1)?.form.get('client_assertion')).toBeTruthy()
  })

  it('proves with a verifier of its own for each sign-in that it asked for the code (PKCE-01, PKCE-02)', async () => {
    const verifiers: (string | null | undefined)[] = []
    for (let i = 0; i < 2; i++) {
      const { server, browser } = await arrange()
      await browser.signIn()
      const verifier = server.posts('/token').at(-1)?.form.get('code_verifier')
      expect(verifier).toMatch(/^[A-Za-z0-9._~-]{43,128}$/)
      const challenge = createHash('sha256').update(String(verifier)).digest('base64url')
      const pushed = Object.fromEntries(server.posts('/par').at(-1)?.form ?? [])
      expect(pushed).toMatchObject({ code_challenge: challenge, code_challenge_method: 'S256' })
      verifiers.push(verifier)
    }
    expect(verifiers[0]).not.toBe(verifiers[1])
  })

  it('leaves only an id in the cookie, and no id, token or key in the answer of the session endpoint (B-006, B-022, BROWSER-03)', async () => {
    const { web, browser } = await arrange()
    await browser.signIn()
    const response = await authFor(web).handlers.GET(
      authRequest(testEnv, { headers: browser.headers() }, sessionPath),
    )
    expect(await response.json()).toEqual({
      user: { id: 'alice-sub', name: '' },
      expires: expect.any(String),
    })
    expect(response.headers.get('cache-control')).toContain('no-store')
  })

  it.each<[string, Record<string, string | undefined>, string]>([
    ['a wrong state (B-001, RFC6749-12)', { state: 'wrong' }, 'response.state'],
    ['no state (B-001)', { state: undefined }, 'response.state'],
    ['a wrong iss, a mix-up (B-002, ISS-03, BCP-12)', { iss: 'http://evil.example' }, 'issuer.match'],
    ['no iss (B-002, ISS-04)', { iss: undefined }, 'issuer.match'],
    ['a cancel', { code: undefined, error: 'access_denied' }, 'response.denied'],
    ['another error', { code: undefined, error: 'server_error' }, 'response.refused'],
  ])('with %s signs nobody in and asks for no token', async (_, change, reason) => {
    const { server, browser } = await arrange()
    const response = await browser.signIn(change)
    expect(reasonOf(response)).toBe(reason)
    expect(server.posts('/token')).toEqual([])
    expect(await browser.session()).toBeUndefined()
  })

  it.each<
    [string, (claims: JWTPayload, sign: (claims: JWTPayload) => Promise<string>) => Promise<string> | string]
  >([
    ['the nonce of another sign-in (B-003)', (claims, sign) => sign({ ...claims, nonce: 'other' })],
    ['no nonce (B-003)', ({ nonce: _, ...claims }, sign) => sign(claims)],
    ['alg none (B-004)', (claims) => new UnsecuredJWT(claims).encode()],
    [
      'alg HS256 (B-004)',
      (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)),
    ],
    ['another audience (B-004)', (claims, sign) => sign({ ...claims, aud: 'playground' })],
    ['a second audience (B-004)', (claims, sign) => sign({ ...claims, aud: ['web', 'x'], azp: 'web' })],
    ['its time over (B-004)', (claims, sign) => sign({ ...claims, iat: 1000, exp: 2000 })],
    ['another issuer (B-004)', (claims, sign) => sign({ ...claims, iss: 'http://evil.example' })],
    [
      'a stranger’s signature',
      (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(strange),
    ],
    [
      'a changed sub, which Auth.js alone would sign in',
      async (claims, sign) => {
        const [header, , signature] = (await sign(claims)).split('.')
        return `${header}.${Buffer.from(JSON.stringify({ ...claims, sub: 'mallory' })).toString('base64url')}.${signature}`
      },
    ],
  ])('with an ID token that has %s signs nobody in', async (_, make) => {
    const bad: Misbehaviour = {}
    const { server, web, browser } = await arrange(bad)
    bad.idToken = (claims) => make(claims, server.signIdToken)
    const response = await browser.signIn()
    expect(reasonOf(response)).toBe('id_token.valid')
    expect(await browser.session()).toBeUndefined()
    expect([...web.rows.all.values()].filter((row) => row.subject !== undefined)).toEqual([])
  })

  it('throws a bearer token away, and knows a bound one in any spelling', async () => {
    const bearer = await arrange({ tokenType: 'Bearer' })
    expect(reasonOf(await bearer.browser.signIn())).toBe('token.bound')
    expect(await bearer.browser.session()).toBeUndefined()
    const shouting = await arrange({ tokenType: 'DPOP' })
    await shouting.browser.signIn()
    expect(await shouting.browser.session()).toBeDefined()
  })

  it('fails the second time, and the session stays as it is (B-018)', async () => {
    const { server, browser } = await arrange()
    const started = await browser.startSignIn()
    const url = server.authorize(new URL(started.headers.get('location') ?? ''))
    await browser.comeBack(url)
    const before = await browser.session()
    expect(reasonOf(await browser.comeBack(url))).toBe('response.state')
    expect(await browser.session()).toEqual(before)
    expect(server.posts('/token')).toHaveLength(1)
  })

  it('in another browser is worth nothing', async () => {
    const { server, web, browser } = await arrange()
    const started = await browser.startSignIn()
    const stranger = testBrowser(web, server)
    expect(
      reasonOf(await stranger.comeBack(server.authorize(new URL(started.headers.get('location') ?? '')))),
    ).toBe('response.state')
    expect(server.posts('/token')).toEqual([])
  })

  it('ends the session that this browser had before', async () => {
    const { server, web, browser } = await arrange()
    await browser.signIn()
    const first = await browser.session()
    await browser.signIn()
    expect((await browser.session())?.sessionId).not.toBe(first?.sessionId)
    expect(await web.sessions.find(first?.sessionId ?? '')).toBeUndefined()
    expect(server.posts('/revoke')).toHaveLength(1)
  })
})

describe('a session cookie', () => {
  it('that holds the value of another cookie of ours is no session (B-021)', async () => {
    const { browser } = await arrange()
    await browser.startSignIn()
    for (const name of ['state', 'pkce', 'nonce', 'csrf', 'sign-in']) {
      browser.jar.cookies.set(session, browser.jar.cookies.get(`keybound-web.${name}`) ?? '')
      expect(await browser.session(), name).toBeUndefined()
    }
  })

  it('made of the parts of two sessions, or cut, is no session (B-008)', async () => {
    const { server, web, browser } = await arrange()
    const other = testBrowser(web, server)
    await browser.signIn()
    await other.signIn()
    const [one = '', two = ''] = [browser, other].map(({ jar }) => jar.cookies.get(session))
    for (const parts of [
      [one.slice(0, 200), two.slice(200)],
      [one.slice(0, 200), ''],
    ]) {
      browser.jar.cookies.delete(session)
      for (const [index, part] of parts.entries()) browser.jar.cookies.set(`${session}.${index}`, part)
      expect(await browser.session()).toBeUndefined()
    }
  })

  it('whose row is gone is no session (B-017)', async () => {
    const { web, browser } = await arrange()
    await browser.signIn()
    await web.sessions.end((await browser.session())?.sessionId ?? '')
    expect(await browser.session()).toBeUndefined()
  })
})

describe('signing out', () => {
  it('deletes the row, revokes the refresh token and ends the session at the authorization server (OPS-12)', async () => {
    const { server, web, browser } = await arrange()
    await browser.signIn()
    const response = await browser.signOut()
    expect(web.rows.all.size).toBe(0)
    expect(Object.fromEntries(server.posts('/revoke')[0]?.form ?? [])).toMatchObject({
      token: 'rt_first',
      token_type_hint: 'refresh_token',
    })
    const target = new URL(response.headers.get('location') ?? '')
    expect(target.pathname).toBe('/logout')
    expect(target.searchParams.get('post_logout_redirect_uri')).toBe(`${testEnv.webUrl}/`)
    expect(await browser.session()).toBeUndefined()
  })

  it.each([
    [{ csrfToken: undefined }, {}],
    [{}, { origin: 'https://evil.example' }],
  ])('is not done for another site: 403, and the session lives on (B-009)', async (fields, headers) => {
    const { browser } = await arrange()
    await browser.signIn()
    expect((await browser.signOut(fields, headers)).status).toBe(403)
    expect(await browser.session()).toBeDefined()
  })
})
