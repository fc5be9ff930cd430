import type { IncomingMessage, ServerResponse } from 'node:http'
import { correlationHeader } from './http/correlation-id.ts'

export type Listener = (req: IncomingMessage, res: ServerResponse) => unknown

export interface ListenerOptions {
  /** Next's request handler. */
  readonly next: Listener
  /** The one origin whose pages may read answers. */
  readonly webOrigin: string
  /** Of this API, for Strict-Transport-Security. */
  readonly publicUrl: string
}

/** What every answer of this API has in common, whoever gives it, and what need not bother Next. */
export function createListener({ next, webOrigin, publicUrl }: ListenerOptions): Listener {
  const headers = securityHeaders(publicUrl)
  return function listener(req, res) {
    dropFrameworkHeaders(req)
    const correlationId = crypto.randomUUID()
    req.headers[correlationHeader] = correlationId
    res.setHeader(correlationHeader, correlationId)
    for (const [name, value] of headers) res.setHeader(name, value)
    varyAtLast(res)
    if (isPublicDocument(req)) res.setHeader('Access-Control-Allow-Origin', '*')
    else if (req.headers.origin === webOrigin) res.setHeader('Access-Control-Allow-Origin', webOrigin)
    if (isPreflight(req)) answerPreflight(res)
    else if (!methods.has(req.method ?? ''))
      answerJson(res, 501, 'not_implemented', 'method.known: no path takes this method')
    else if (isNobodysPath(req))
      answerJson(res, 404, 'not_found', 'path.known: there is nothing under this path')
    else return next(req, res)
  }
}

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

function securityHeaders(publicUrl: string): [string, string][] {
  const headers: [string, string][] = [
    ['Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'"],
    ['X-Content-Type-Options', 'nosniff'],
    ['Referrer-Policy', 'no-referrer'],
    ['Cross-Origin-Resource-Policy', 'same-origin'],
  ]
  if (publicUrl.startsWith('https:')) {
    headers.push(['Strict-Transport-Security', 'max-age=63072000; includeSubDomains'])
  }
  return headers
}

function isPublicDocument(req: IncomingMessage): boolean {
  return req.url?.startsWith('/.well-known/') ?? false
}

/** Paths that Next would answer by itself, in HTML, and those with a trailing slash, which it would not tell from those without. */
function isNobodysPath(req: IncomingMessage): boolean {
  const [path = ''] = (req.url ?? '').split('?')
  return /^\/(?:_.*|404|500|.+\/)$/.test(path)
}

/** Next would take a request with these for one of its own router's, answer it by a redirect or mark it as a prefetch. No page of ours is here. */
function dropFrameworkHeaders(req: IncomingMessage): void {
  for (const name of Object.keys(req.headers)) {
    if (/^(?:rsc|next-.*|x-next.*|x-prerender.*|x-vercel.*|purpose)$/.test(name)) delete req.headers[name]
  }
}

/** Next replaces Vary by its own, about headers that mean nothing here: ours is set when the answer begins. */
function varyAtLast(res: ServerResponse): void {
  const writeHead = res.writeHead.bind(res) as (...parts: unknown[]) => ServerResponse
  res.writeHead = (...parts: unknown[]) => {
    res.setHeader('Vary', 'Origin, Authorization, DPoP')
    return writeHead(...parts)
  }
}

/** @see Fetch Standard, CORS protocol */
function isPreflight(req: IncomingMessage): boolean {
  return (
    req.method === 'OPTIONS' &&
    req.headers.origin !== undefined &&
    req.headers['access-control-request-method'] !== undefined
  )
}

/** The same for every path: what may be sent, not what is there. Another origin lacks Access-Control-Allow-Origin and is stopped by its browser. */
function answerPreflight(res: ServerResponse): void {
  if (res.hasHeader('Access-Control-Allow-Origin')) {
    res.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, PATCH')
    res.setHeader('Access-Control-Allow-Headers', 'Authorization, DPoP, Content-Type')
    res.setHeader('Access-Control-Max-Age', '600')
  }
  res.writeHead(204)
  res.end()
}

function answerJson(res: ServerResponse, status: number, error: string, error_description: string): void {
  res.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' })
  res.end(JSON.stringify({ error, error_description }))
}
