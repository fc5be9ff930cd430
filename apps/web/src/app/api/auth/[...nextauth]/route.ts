import { type NextRequest, NextResponse } from 'next/server'
import { authFor } from '../../../../auth/auth-config.ts'
import * as paths from '../../../../auth/auth-paths.ts'
import { authRequest } from '../../../../auth/auth-request.ts'
import { callbackRequest } from '../../../../auth/callback.ts'
import { localPath } from '../../../../auth/callback-url.ts'
import { methodNotAllowed, notFound, unavailable } from '../../../../auth/refuse.ts'
import { signInRequest } from '../../../../auth/sign-in.ts'
import { signOutRequest } from '../../../../auth/sign-out.ts'
import { type Web, web } from '../../../../dependencies.ts'

type Handler = (web: Web, request: NextRequest) => Promise<Response> | Response

/** All of Auth.js that is served: what is not in this table does not exist. */
const routes: Readonly<Record<string, { readonly GET?: Handler; readonly POST?: Handler }>> = {
  [paths.signInPath]: { POST: signInRequest },
  [paths.callbackPath]: { GET: callbackRequest },
  '/api/auth/signin': { GET: (w, request) => toPage(w, request, '/sign-in') },
  [paths.signOutPath]: { GET: (w, request) => toPage(w, request, '/sign-out'), POST: signOutRequest },
  [paths.sessionPath]: { GET: (w, request) => ask(w, request, paths.sessionPath) },
  [paths.csrfPath]: { GET: (w, request) => ask(w, request, paths.csrfPath) },
  [paths.providersPath]: { GET: (w, request) => ask(w, request, paths.providersPath) },
}

async function handle(request: NextRequest): Promise<Response> {
  const route = routes[request.nextUrl.pathname]
  if (route === undefined) return notFound()
  const method = request.method === 'HEAD' ? 'GET' : request.method
  const handler = method === 'GET' || method === 'POST' ? route[method] : undefined
  if (handler === undefined) return methodNotAllowed(Object.keys(route).join(', '))
  try {
    return await handler(await web(), request)
  } catch (fault) {
    return unavailable(fault)
  }
}

async function ask(w: Web, request: NextRequest, path: string): Promise<Response> {
  const response = await authFor(w).handlers.GET(authRequest(w.env, request, path))
  response.headers.set('cache-control', 'private, no-store')
  return response
}

function toPage(w: Web, request: NextRequest, page: string): Response {
  const url = new URL(page, w.env.webUrl)
  const callbackUrl = localPath(request.nextUrl.searchParams.get('callbackUrl'), w.env.webUrl)
  if (callbackUrl !== '/') url.searchParams.set('callbackUrl', callbackUrl)
  return NextResponse.redirect(url, 303)
}

export {
  handle as DELETE,
  handle as GET,
  handle as HEAD,
  handle as OPTIONS,
  handle as PATCH,
  handle as POST,
  handle as PUT,
}
