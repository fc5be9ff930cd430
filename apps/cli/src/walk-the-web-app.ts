import type { Env } from './env.ts'
import { expectSame, NotAsExpected } from './expectation.ts'
import { type Narrator, short } from './narrator.ts'
import type { Theft } from './steps/try-what-a-thief-would.ts'
import { type FormBrowser, openFormBrowser, type Page } from './wire/form-browser.ts'
import { tapWire, type Wire } from './wire/tap-wire.ts'

interface WebWalk {
  readonly env: Env
  readonly narrator: Narrator
  readonly wire: Wire
  readonly browser: FormBrowser
}

/**
 * The flow as a backend for frontend does it: the web app keeps the session's key in a sealed row of its database, and the browser has a cookie alone.
 * Throws NotAsExpected at the first thing that is not as it should be. Resolves with what the thief got.
 */
export async function walkTheWebApp(env: Env, narrator: Narrator): Promise<Theft[]> {
  const wire = tapWire(narrator)
  const walk = { env, narrator, wire, browser: openFormBrowser(wire.fetch) }
  const profile = await signInAtTheWebApp(walk)
  const theft = await useTheCookieAtTheApi(walk)
  await signOut(walk, profile)
  return [theft]
}

async function signInAtTheWebApp({ env, narrator, browser }: WebWalk): Promise<Page> {
  narrator.step(
    'Alice signs in at the web app',
    'For this sign-in the server behind the page makes a key of its own, and keeps it in a row of its database, sealed. The browser follows redirects and fills in forms.',
  )
  const start = await browser.open(`${env.web}/sign-in?callbackUrl=/profile`)
  const login = await browser.submit(start, {}, '/api/auth/signin/keybound')
  const next = await browser.submit(login, { username: 'alice', password: env.password, decision: 'login' })
  const page = next.url.startsWith(env.web) ? next : await browser.submit(next, { decision: 'allow' })
  expectSame('The page at the end of the sign-in', new URL(page.url).pathname, '/profile')
  const jkt = /\b[\w-]{43}\b/.exec(page.html)?.[0]
  if (jkt === undefined)
    throw new NotAsExpected('The profile page should name the thumbprint of the session’s key')
  narrator.fact('thumbprint', jkt)
  narrator.fact(
    'private half',
    'in a row of the web app’s database, sealed; it opens only with this browser’s cookie',
  )
  narrator.good('The web app read the profile with a proof by that key; the page came without key and token.')
  return page
}

async function useTheCookieAtTheApi({ env, narrator, wire, browser }: WebWalk): Promise<Theft> {
  narrator.step(
    'A thief copies all that the browser has, and tries it as a token',
    'There is no token in it: only cookies, which mean something to the web app alone.',
  )
  const cookies = [...browser.cookies(env.web)]
  for (const [name, value] of cookies) narrator.fact('cookie', name, `${value.length} characters`)
  const longest = cookies.map(([, value]) => value).sort((a, b) => b.length - a.length)[0] ?? ''
  wire.take()
  await wire.fetch(`${env.api}/api/profile`, {
    headers: { authorization: `Bearer ${encodeURIComponent(longest)}` },
  })
  const { response, refusal } = wire.take().at(-1) ?? {}
  expectSame('The status for a thief with the cookies', response?.status, 401)
  narrator.good(
    `Refused by ${refusal?.reason}. The cookie still works at the web app: sign-out is what ends it.`,
  )
  return { had: 'the cookies, at the API', status: 401, check: refusal?.reason ?? '' }
}

async function signOut({ env, narrator, browser }: WebWalk, profile: Page): Promise<void> {
  narrator.step('Alice signs out', 'The tokens are revoked, the row is deleted, and the key with it.')
  const stolen = new Map(browser.cookies(env.web))
  await browser.submit(profile, {}, '/api/auth/signout')
  const cookie = [...stolen].map(([name, value]) => `${name}=${value}`).join('; ')
  const page = await fetch(`${env.web}/profile`, { headers: { cookie }, redirect: 'manual' })
  const html = await page.text()
  if (html.includes('alice@'))
    throw new NotAsExpected('A copied cookie should open nothing after the sign-out')
  narrator.fact(
    'old cookie',
    short([...stolen.values()].at(-1) ?? ''),
    `gives ${page.status}, and no profile`,
  )
  narrator.good('What the thief copied is worth nothing now.')
}
