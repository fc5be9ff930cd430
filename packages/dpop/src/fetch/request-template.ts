import { DpopFetchError } from './dpop-fetch-error.ts'

/** A request that can be made again: for another attempt, or at another URL of the same origin. */
export interface RequestTemplate {
  readonly method: string
  readonly url: string
  /** What the caller wanted done with redirects. */
  readonly redirect: RequestRedirect
  readonly signal: AbortSignal
  /** The request with these headers set. Throws DpopFetchError `body.once` if its body was a stream and is used up. */
  make(headers: Readonly<Record<string, string>>): Request
  /** The request a redirect asks for. @see Fetch Standard, HTTP-redirect fetch */
  redirected(status: number, url: string): RequestTemplate
}

/**
 * Reads the body into memory, so that it can be sent again. A stream given in `init` is not read, and can be sent once. A Request is used up, as by fetch.
 * Rejects with DpopFetchError `body.once` if that has happened to it before.
 */
export async function requestTemplate(
  input: Request | string | URL,
  init: RequestInit = {},
): Promise<RequestTemplate> {
  if (input instanceof Request && input.bodyUsed && init.body === undefined) {
    throw new DpopFetchError(
      'body.once',
      'The body of this Request has been read already: make a new Request.',
    )
  }
  const streams = isStream(init.body)
  const request = new Request(input, streams ? ({ ...init, duplex: 'half' } as RequestInit) : init)
  const { method, url, headers } = request
  if (request.body === null) return template(request, { method, url, headers, body: undefined })
  return template(request, {
    method,
    url,
    headers,
    body: streams ? sendOnce(request.body) : sendAgain(await request.arrayBuffer()),
  })
}

interface Changing {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  /** What of a RequestInit sends the body; called for every request. */
  readonly body: (() => object) | undefined
}

function template(request: Request, { method, url, headers, body }: Changing): RequestTemplate {
  return {
    method,
    url,
    redirect: request.redirect,
    signal: request.signal,
    make(added) {
      const all = new Headers(headers)
      for (const [name, value] of Object.entries(added)) all.set(name, value)
      return new Request(url, {
        ...settingsOf(request),
        ...body?.(),
        method,
        headers: all,
        redirect: 'manual',
      })
    },
    redirected(status, location) {
      const toGet = (status === 303 && method !== 'HEAD') || (status <= 302 && method === 'POST')
      if (!toGet) return template(request, { method, url: location, headers, body })
      return template(request, {
        method: 'GET',
        url: location,
        headers: withoutContent(headers),
        body: undefined,
      })
    },
  }
}

/** What the caller set beside method, headers and body. */
function settingsOf(request: Request): RequestInit {
  const { signal, credentials, cache, referrerPolicy, integrity, keepalive, mode } = request
  return {
    signal,
    credentials,
    cache,
    referrerPolicy,
    integrity,
    keepalive,
    ...(mode === 'navigate' ? {} : { mode }),
  }
}

function sendAgain(body: ArrayBuffer): () => object {
  return () => ({ body })
}

function sendOnce(body: ReadableStream): () => object {
  let sent = false
  return () => {
    if (sent) {
      throw new DpopFetchError(
        'body.once',
        'The request has to be sent again, and its body was a stream that is used up: give text or bytes instead.',
      )
    }
    sent = true
    return { body, duplex: 'half' }
  }
}

function withoutContent(headers: Headers): Headers {
  const kept = new Headers(headers)
  for (const name of ['type', 'length', 'encoding', 'language', 'location']) kept.delete(`content-${name}`)
  return kept
}

function isStream(body: unknown): boolean {
  return typeof body === 'object' && body !== null && ('getReader' in body || Symbol.asyncIterator in body)
}
