import { setTimeout as pause } from 'node:timers/promises'
import type { Answer, Sendable } from './race-platform.ts'

type Send = (request: Sendable) => Promise<Answer>

/**
 * Alice signs in at the real login page. Returns the cookies that her browser then sends. A server that has no time for her (503) is asked
 * again for a minute, as it asks for itself. Throws Error where she is not let in.
 */
export async function signIn(send: Send, issuer: string, password: string): Promise<string> {
  for (let turn = 0; ; turn++) {
    const { cookies, refused } = await logIn(send, issuer, password)
    if (!refused) return cookies
    if (refused.status !== 503 || turn > 60)
      throw new Error(`Alice cannot sign in: ${refused.status} ${refused.text.slice(0, 300)}`)
    await pause(1_000)
  }
}

async function logIn(
  send: Send,
  issuer: string,
  password: string,
): Promise<{ readonly cookies: string; readonly refused?: Answer }> {
  const page = await send({ to: 'auth-server', method: 'GET', path: '/login' })
  const csrf = /name="csrf"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="csrf"/.exec(page.text)
  const form = { csrf: csrf?.[1] ?? csrf?.[2] ?? '', username: 'alice', password, decision: 'login' }
  const headers = { cookie: cookiesOf(page), origin: new URL(issuer).origin }
  const answer = await send({ to: 'auth-server', method: 'POST', path: '/login', headers, form })
  const cookies = `${cookiesOf(page)}; ${cookiesOf(answer)}`
  return answer.status === 303 ? { cookies } : { cookies, refused: answer }
}

function cookiesOf({ headers }: Answer): string {
  return headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
