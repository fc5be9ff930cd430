import { NextRequest } from 'next/server'
import { signInPath, signOutPath } from '../auth/auth-paths.ts'
import { callbackRequest } from '../auth/callback.ts'
import { csrfForPage } from '../auth/csrf.ts'
import { readSession } from '../auth/read-session.ts'
import { signInRequest } from '../auth/sign-in.ts'
import { signOutRequest } from '../auth/sign-out.ts'
import type { Web } from '../dependencies.ts'
import type { FakeAuthorizationServer } from './fake-authorization-server.ts'
import { CookieJar } from './test-web.ts'

type Fields = Record<string, string | undefined>

/** A browser in front of the web app: cookies, forms with their CSRF token, redirects that the test follows. */
export function testBrowser(web: Web, server: FakeAuthorizationServer) {
  const jar = new CookieJar()
  const base = web.env.webUrl

  function headers(more: Fields = {}): Headers {
    const all = new Headers({ cookie: jar.header })
    for (const [name, value] of Object.entries(more)) if (value !== undefined) all.set(name, value)
    return all
  }

  async function post(path: string, fields: Fields, more: Fields): Promise<NextRequest> {
    const csrf = await csrfForPage({ headers: headers() }, web.env)
    jar.take(
      new Response(null, { headers: csrf.setCookie.map((line) => ['set-cookie', line] as [string, string]) }),
    )
    const form = new URLSearchParams()
    for (const [name, value] of Object.entries({ csrfToken: csrf.token, ...fields }))
      if (value !== undefined) form.set(name, value)
    return new NextRequest(base + path, {
      method: 'POST',
      headers: headers({ origin: base, 'content-type': 'application/x-www-form-urlencoded', ...more }),
      body: form.toString(),
    })
  }

  const browser = {
    jar,
    async startSignIn(fields: Fields = {}, more: Fields = {}, query = ''): Promise<Response> {
      const response = await signInRequest(web, await post(signInPath + query, fields, more))
      jar.take(response)
      return response
    },
    async comeBack(url: string): Promise<Response> {
      const response = await callbackRequest(web, new NextRequest(url, { headers: headers() }))
      jar.take(response)
      return response
    },
    /** From the form to the callback's answer. `change` is what the authorization response differs in. */
    async signIn(change: Fields = {}, fields: Fields = { callbackUrl: '/profile' }): Promise<Response> {
      const started = await browser.startSignIn(fields)
      const target = started.headers.get('location') ?? ''
      return browser.comeBack(server.authorize(new URL(target), change))
    },
    async signOut(fields: Fields = {}, more: Fields = {}): Promise<Response> {
      const response = await signOutRequest(web, await post(signOutPath, fields, more))
      jar.take(response)
      return response
    },
    session: () => readSession(web, { headers: headers() }),
    headers,
  }
  return browser
}
