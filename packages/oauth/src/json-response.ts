/** What goes with the body: status (200), nonce and further headers. */
export interface JsonResponseOptions {
  readonly status?: number
  /** A DPoP nonce for the client's next request to this server. */
  readonly nonce?: string | undefined
  readonly headers?: HeadersInit | undefined
}

/** What a page of another origin has to read: the challenge, the nonce, and the time, by which a client learns how wrong its clock is. @see RFC 9449 §7.1, §8, §11.1 */
export const EXPOSED_HEADERS = 'DPoP-Nonce, WWW-Authenticate, Date'

/**
 * The headers of every answer that holds a token, an error or a nonce: never stored (RFC 6749 §5.1, RFC 9449 §8.2), and readable by
 * a browser of another origin, which could otherwise see neither the challenge nor the nonce (RFC 9449 §8, RFC 9449 §7.1).
 */
export function protocolHeaders(nonce?: string): Record<string, string> {
  return {
    'cache-control': 'no-store',
    pragma: 'no-cache',
    'access-control-expose-headers': EXPOSED_HEADERS,
    ...(nonce !== undefined && { 'dpop-nonce': nonce }),
  }
}

/** JSON that no cache keeps, with the nonce if there is one. Also the answer of a successful token request. */
export function jsonResponse(body: unknown, options: JsonResponseOptions = {}): Response {
  const ours = { ...protocolHeaders(options.nonce), 'content-type': 'application/json' }
  const headers = options.headers === undefined ? ours : withOurs(options.headers, ours)
  return new Response(JSON.stringify(body), { status: options.status ?? 200, headers })
}

function withOurs(given: HeadersInit, ours: Readonly<Record<string, string>>): Headers {
  const headers = new Headers(given)
  for (const [name, value] of Object.entries(ours)) headers.set(name, value)
  return headers
}
