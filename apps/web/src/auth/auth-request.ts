import { NextRequest } from 'next/server'
import type { Env } from '../env.ts'
import { callbackPath } from './auth-paths.ts'
import { cookieNames } from './cookies.ts'

/**
 * The request that Auth.js gets: our own URL, the parameters that this step needs and nothing more. Auth.js would pass any query
 * of the sign-in on to the authorization server, and answers a malformed callback URL, even in its cookie, with a 500.
 */
export function authRequest(
  env: Env,
  given: { readonly headers: Headers },
  path: string,
  parameters: { query?: URLSearchParams; form?: URLSearchParams } = {},
): NextRequest {
  const url = new URL(path, env.webUrl)
  if (parameters.query) url.search = parameters.query.toString()
  const headers = new Headers()
  const cookie = withoutCallbackUrl(
    given.headers.get('cookie') ?? '',
    cookieNames(env.webUrl).callbackUrl,
    path,
  )
  if (cookie !== '') headers.set('cookie', cookie)
  if (given.headers.has('x-auth-return-redirect')) headers.set('x-auth-return-redirect', '1')
  if (!parameters.form) return new NextRequest(url, { headers })
  headers.set('content-type', 'application/x-www-form-urlencoded')
  return new NextRequest(url, { method: 'POST', headers, body: parameters.form.toString() })
}

/** The callback alone needs that cookie; there, a value that is no URL is dropped. */
function withoutCallbackUrl(cookies: string, name: string, path: string): string {
  return cookies
    .split(/; */)
    .filter((pair) => {
      if (!pair.startsWith(`${name}=`)) return pair !== ''
      return path === callbackPath && isUrl(pair.slice(name.length + 1))
    })
    .join('; ')
}

function isUrl(encoded: string): boolean {
  try {
    return /^https?:/.test(new URL(decodeURIComponent(encoded)).protocol)
  } catch {
    return false
  }
}

/** Where Auth.js sends the browser: the Location, which it also leaves in place where it answers `{ url }` to a script. */
export function redirectTarget(response: Response): URL | undefined {
  const location = response.headers.get('location')
  return location !== null && URL.canParse(location) ? new URL(location) : undefined
}

/** The same answer, cookies included, with another target: in the Location, and in the JSON where a script asked for that. */
export function withRedirectTarget(response: Response, target: URL | string): Response {
  const headers = new Headers(response.headers)
  headers.set('location', target.toString())
  headers.set('cache-control', 'no-store')
  headers.delete('content-length')
  if (!headers.get('content-type')?.startsWith('application/json'))
    return new Response(null, { status: 303, headers })
  return new Response(JSON.stringify({ url: target.toString() }), { status: 200, headers })
}
