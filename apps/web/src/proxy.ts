import { type NextRequest, NextResponse } from 'next/server'
import { csrfForPage } from './auth/csrf.ts'
import { env, isDevelopment } from './env.ts'
import { closedPagePolicy, pagePolicy } from './http/content-security-policy.ts'
import { pageHeaders } from './http/page-headers.ts'

/**
 * Prepares pages: a content security policy with a nonce of its own per request, and a CSRF token that forms without script carry.
 * It is never a gate: every page and handler checks its own session.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { issuer, apiUrl, labUrl } = env()
  const nonce = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))))
  const development = isDevelopment()
  const policy = closed.has(request.nextUrl.pathname)
    ? closedPagePolicy({ nonce, development })
    : pagePolicy({ nonce, issuer, apiUrl, labUrl, development })
  const csrf = await csrfForPage(request)

  const headers = new Headers(request.headers)
  headers.set('content-security-policy', policy)
  headers.set(pageHeaders.nonce, nonce)
  headers.set(pageHeaders.csrf, csrf.token)
  headers.set(pageHeaders.path, request.nextUrl.pathname)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('cache-control', 'private, no-store')
  for (const cookie of csrf.setCookie) response.headers.append('set-cookie', cookie)
  return response
}

/** Pages that promise that what is typed into them stays in the browser. */
const closed: ReadonlySet<string> = new Set(['/inspector'])

export const config = {
  matcher: ['/((?!api/|_next/|healthz$|readyz$|health$|icon\\.svg$).*)'],
}
