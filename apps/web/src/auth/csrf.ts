import { type Env, env as readEnv } from '../env.ts'
import { csrfPath } from './auth-paths.ts'
import { authRequest } from './auth-request.ts'
import { csrfHandler } from './csrf-handler.ts'

/** Auth.js's own double-submit token: one mechanism for its forms and for ours. */
export interface Csrf {
  readonly token: string
  /** Set-Cookie lines; none where the browser has the cookie already. */
  readonly setCookie: readonly string[]
}

/** For a page that is about to be rendered: forms carry the token without any script. */
export function csrfForPage(request: { headers: Headers }, env: Env = readEnv()): Promise<Csrf> {
  return askCsrf(request, env)
}

/** Whether a form's token belongs to the browser's cookie. */
export async function isCsrfToken(
  request: { headers: Headers },
  token: string | undefined,
  env: Env = readEnv(),
): Promise<boolean> {
  const { token: expected, setCookie } = await askCsrf(request, env)
  // A new cookie means that the browser's own was missing or not ours.
  return setCookie.length === 0 && token === expected
}

async function askCsrf(request: { headers: Headers }, env: Env): Promise<Csrf> {
  const response = await csrfHandler(env)(
    authRequest(env, { headers: onlyCookies(request.headers) }, csrfPath),
  )
  const { csrfToken } = (await response.json()) as { csrfToken: string }
  const setCookie = response.headers.getSetCookie().filter((line) => line.includes('.csrf='))
  return { token: csrfToken, setCookie }
}

function onlyCookies(headers: Headers): Headers {
  const cookie = headers.get('cookie')
  return new Headers(cookie === null ? {} : { cookie })
}
