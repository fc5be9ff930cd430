import type { Answer, Sendable } from './race-platform.ts'

/** Alice signs in at the real login page. Returns the cookies that her browser then sends. Throws Error where she is not let in. */
export async function signIn(
  send: (request: Sendable) => Promise<Answer>,
  issuer: string,
  password: string,
): Promise<string> {
  const page = await send({ to: 'auth-server', method: 'GET', path: '/login' })
  const csrf = /name="csrf"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf"/.exec(page.text)
  const form = { csrf: csrf?.[1] ?? csrf?.[2] ?? '', username: 'alice', password, decision: 'login' }
  const headers = { cookie: cookiesOf(page), origin: new URL(issuer).origin }
  const answer = await send({ to: 'auth-server', method: 'POST', path: '/login', headers, form })
  if (answer.status !== 303)
    throw new Error(`Alice cannot sign in: ${answer.status} ${answer.text.slice(0, 300)}`)
  return `${cookiesOf(page)}; ${cookiesOf(answer)}`
}

function cookiesOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
