import { badRequest, type Refusal } from './refusal.ts'

/**
 * Judges the header lines as they came, before Node or a framework folds two into one or keeps the first.
 * @param lines `IncomingMessage.rawHeaders`: name, value, name, value …
 * @see RFC 9110 §5.3, §7.2 · RFC 9112 §3.2 · RFC 9449 §4.3 (1)
 */
export function checkHeaders(lines: readonly string[]): Refusal | undefined {
  const seen = new Set<string>()
  for (let at = 0; at < lines.length; at += 2) {
    const name = lines[at]?.toLowerCase() ?? ''
    const value = lines[at + 1] ?? ''
    if (seen.has(name) && name in repeated) return repeated[name]
    seen.add(name)
    // Node lets 0x80–0xff through. Cookies, User-Agent and Referer come from elsewhere and decide nothing here.
    if (!/^[\t\x20-\x7e]*$/.test(value) && !mayHoldBytes.has(name)) {
      return badRequest('header.bytes', `the ${name} header holds a byte outside printable ASCII`)
    }
    if (name === 'host' && !hostSyntax.test(value)) return badHost
    // "gzip, chunked" would reach the handler still compressed.
    if (name === 'transfer-encoding' && value.toLowerCase() !== 'chunked') {
      return badRequest('request.framing', 'the only transfer coding taken here is chunked')
    }
  }
  return seen.has('host') ? undefined : badHost
}

const badHost = badRequest(
  'host.single',
  'a request needs exactly one Host line with a host and at most a port',
)

/** Lines of which a second one would be hidden, or joined with the first, on the way to the handler. */
const repeated: Record<string, Refusal> = {
  authorization: badRequest('scheme.match', 'a request carries one Authorization line'),
  dpop: {
    status: 400,
    error: 'invalid_dpop_proof',
    rule: 'header.single',
    sentence: 'a request carries at most one DPoP line',
  },
  host: badHost,
  origin: badRequest('header.single', 'a request carries at most one Origin line'),
  'content-type': badRequest('header.single', 'a request carries at most one Content-Type line'),
  'transfer-encoding': badRequest('request.framing', 'a request carries at most one Transfer-Encoding line'),
}

const mayHoldBytes = new Set(['cookie', 'user-agent', 'referer'])

/** A name, an IPv4 or a bracketed IPv6 address, then perhaps a port. What the host says is used for nothing. */
const hostSyntax = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=]+|\[[0-9A-Fa-f:.]+\])(?::\d{0,5})?$/
