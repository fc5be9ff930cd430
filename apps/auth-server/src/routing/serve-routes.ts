import { jsonResponse } from '@keybound/oauth'
import { Hono } from 'hono'
import type { Log } from '../log/create-log.ts'
import type { Site } from '../site.ts'
import { type AllowedOrigins, corsHeaders, isPreflight, preflightResponse } from './cors.ts'
import { isFault, presentError } from './present-error.ts'
import { logAnswer, type OpenContext, openContext } from './request-context.ts'
import { type IsTrustedProxy, requestSource } from './request-source.ts'
import type { Endpoint, Method, Route } from './route.ts'
import { setSecurityHeaders } from './security-headers.ts'

export interface ServeOptions {
  readonly site: Site
  readonly log: Log
  readonly publicClientOrigins: AllowedOrigins
  readonly isTrustedProxy: IsTrustedProxy
}

/** What @hono/node-server hands along; absent when a test calls the app without a socket. */
export interface Bindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string } }
}

export type App = Hono<{ Bindings: Bindings; Variables: { context: OpenContext; route: Route } }>

/**
 * The routes of a table, and what follows from the table: 405 with Allow for another method, JSON 404 for another path, preflights,
 * CORS, security headers, one line in the log, one place where errors are presented.
 */
export function serveRoutes(
  routes: readonly Route[],
  { site, log, publicClientOrigins, isTrustedProxy }: ServeOptions,
): App {
  const app: App = new Hono()

  app.use(async function around(c, next) {
    const request = c.req.raw
    const context = openContext(
      requestSource(
        c.env?.incoming?.socket.remoteAddress,
        request.headers.get('x-forwarded-for'),
        isTrustedProxy,
      ),
    )
    c.set('context', context)
    c.set('route', unknownRoute)
    await next()
    const { route } = c.var
    const cors = await corsHeaders(route, request.headers.get('origin'), publicClientOrigins)
    for (const [name, value] of Object.entries(cors)) c.res.headers.set(name, value)
    setSecurityHeaders(c.res.headers, route.kind, site)
    c.res.headers.set('X-Correlation-Id', context.correlationId)
    await logAnswer(log, route, request, c.res, context)
  })

  for (const route of routes) {
    app.all(route.path, function serve(c) {
      c.set('route', route)
      const request = c.req.raw
      if (route.cors && isPreflight(request)) return preflightResponse(route)
      const endpoint = endpointOf(route, request.method)
      return endpoint ? endpoint(request, c.var.context) : methodNotAllowed(route)
    })
  }

  app.notFound(() => jsonResponse(notFound, { status: 404 }))

  app.onError(function onError(error, c) {
    const { context, route } = c.var
    if (isFault(error)) log.fault(error, context.correlationId)
    return presentError(error, route.kind, site, context)
  })

  return app
}

const unknownRoute: Route = { path: '(unknown)', kind: 'api', on: {} }

const notFound = { error: 'not_found', error_description: 'request.path: there is nothing at this path' }

/** HEAD is GET without the body, which Hono leaves out. */
function endpointOf(route: Route, method: string): Endpoint | undefined {
  const served = method === 'HEAD' ? 'GET' : method
  return isMethod(served) ? route.on[served] : undefined
}

function isMethod(method: string): method is Method {
  return method === 'GET' || method === 'POST' || method === 'PUT' || method === 'DELETE'
}

function methodNotAllowed(route: Route): Response {
  const methods = [
    ...Object.keys(route.on),
    ...(route.on.GET ? ['HEAD'] : []),
    ...(route.cors ? ['OPTIONS'] : []),
  ]
  const body = {
    error: 'invalid_request',
    error_description: `request.method: this path takes ${methods.join(', ')}`,
  }
  return jsonResponse(body, { status: 405, headers: { Allow: methods.join(', ') } })
}
