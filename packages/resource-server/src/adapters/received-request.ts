import type { IncomingMessage } from 'node:http'
import type { ReceivedRequest } from '../protect-resource.ts'

/**
 * Method, target and every header line; the body stays with `req`. The host is of no meaning: nothing reads it. The target is not parsed: a stranger
 * may send `//`, which is a request target and no URL.
 */
export function receivedRequest({ method = 'GET', url = '/', rawHeaders }: IncomingMessage): ReceivedRequest {
  const get = (name: string) => joinedLines(rawHeaders, name.toLowerCase())
  return { method, url: `http://localhost${url.startsWith('/') ? '' : '/'}${url}`, headers: { get } }
}

/** `rawHeaders` are names and values in turn. */
function joinedLines(rawHeaders: readonly string[], name: string): string | null {
  const values = rawHeaders.filter((_, at) => at % 2 === 1 && rawHeaders[at - 1]?.toLowerCase() === name)
  return values.length === 0 ? null : values.join(', ')
}
