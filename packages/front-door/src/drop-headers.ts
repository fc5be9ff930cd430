import type { IncomingMessage } from 'node:http'

/** What only a proxy may say about the request in front of it. */
const forwarding =
  /^(?:forwarded|x-forwarded(?:-.*)?|x-real-ip|x-client-ip|x-cluster-client-ip|client-ip|true-client-ip|cf-connecting-ip|fastly-client-ip)$/

/** What a framework says to itself, what would turn one method or path into another, and the offer of HTTP/2. Dropped from a trusted proxy too. */
const internal =
  /^(?:upgrade|http2-settings|x-middleware-.*|x-invoke-.*|x-matched-path|x-now-route-matches|x-original-url|x-rewrite-url|x-http-method|x-http-method-override|x-method-override)$/

/**
 * Takes these lines out of the request before a handler sees it: out of `rawHeaders`, from which Node and Hono make theirs,
 * and out of the two views that Node may have made already.
 * @see CVE-2025-29927 for what x-middleware-subrequest did
 */
export function dropHeaders(req: IncomingMessage, fromTrustedProxy: boolean): void {
  const kept: string[] = []
  for (let at = 0; at < req.rawHeaders.length; at += 2) {
    const name = req.rawHeaders[at] ?? ''
    const lower = name.toLowerCase()
    if (internal.test(lower) || (!fromTrustedProxy && forwarding.test(lower))) {
      delete req.headers[lower]
      delete req.headersDistinct[lower]
    } else {
      kept.push(name, req.rawHeaders[at + 1] ?? '')
    }
  }
  req.rawHeaders = kept
}
