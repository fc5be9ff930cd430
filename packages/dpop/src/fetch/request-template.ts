import { DpopFetchError } from './dpop-fetch-error.ts'

/** A request that can be made again: for another attempt, or at another URL of the same origin. */
export interface RequestTemplate {
  readonly method: string
  readonly url: string
  /** What the caller wanted done with redirects. */
  readonly redirect: RequestRedirect
  /** False once a body that can be read only once has been sent. */
  repeatable(): boolean
  make(headers: Readonly<Record<string, string>>): Request
  /** The request a redirect asks for. @see Fetch Standard, HTTP-redirect fetch */
  redirected(status: number, url: string): RequestTemplate
}

/** Reads the body once into memory, so that it can be sent again; a stream given in `init` is not read, and can be sent once. */
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
  const once = isStream(init.body)
  const request = new Request(input, once ? ({ ...init, duplex: 'half' } as RequestInit) : init)
  const body = request.body === null ? undefined : once ? request.body : await request.arrayBuffer()
  return template(request, {
    method: request.method,
    url: request.url,
    body,
    headers: new Headers(request.headers),
  })
}

interface Changing {
  readonly method: string
  readonly url: string
  readonly body: ArrayBuffer | ReadableStream | undefined
  readonly headers: Headers
}

function template(request: Request, { method, url, body, headers }: Changing): RequestTemplate {
  let sent = false
  return {
    method,
    url,
    redirect: request.redirect,
    repeatable: () => !sent || !isStream(body),
    make(added) {
      const all = new Headers(headers)
      for (const [name, value] of Object.entries(added)) all.set(name, value)
      if (sent && isStream(body)) {
        throw new DpopFetchError(
          'body.once',
          'The server asks for the request again, and its body was a stream that is used up: send text or bytes.',
        )
      }
      sent = true
      return new Request(url, {
        method,
        headers: all,
        redirect: 'manual',
        signal: request.signal,
        credentials: request.credentials,
        cache: request.cache,
        referrerPolicy: request.referrerPolicy,
        integrity: request.integrity,
        keepalive: request.keepalive,
        ...(body === undefined ? {} : { body, ...(isStream(body) ? { duplex: 'half' } : {}) }),
      } as RequestInit)
    },
    redirected(status, location) {
      const toGet = (status === 303 && method !== 'HEAD') || (status <= 302 && method === 'POST')
      if (!toGet) return template(request, { method, url: location, body, headers })
      const kept = new Headers(headers)
      for (const name of [
        'content-type',
        'content-length',
        'content-encoding',
        'content-language',
        'content-location',
      ]) {
        kept.delete(name)
      }
      return template(request, { method: 'GET', url: location, body: undefined, headers: kept })
    },
  }
}

function isStream(body: unknown): body is ReadableStream {
  return typeof ReadableStream !== 'undefined' && body instanceof ReadableStream
}
