/** Whether two http(s) URIs name the same target after RFC 3986 §6.2.2 and §6.2.3, query and fragment ignored (RFC 9449 §4.3 (9)). */
export function sameUri(a: string, b: string): boolean {
  const left = normal(a)
  return left !== undefined && left === normal(b)
}

/** Appendix B's expression, narrowed to a scheme with an authority. */
const parts = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)(?:\?[^#]*)?(?:#.*)?$/s

function normal(uri: string): string | undefined {
  const match = parts.exec(uri)
  if (!match) return undefined
  const [, rawScheme = '', authority = '', rawPath = ''] = match
  const scheme = rawScheme.toLowerCase()
  if (scheme !== 'https' && scheme !== 'http') return undefined
  const host = /^(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~%!$&'()*+,;=-]+)(?::([0-9]*))?$/.exec(authority)
  if (!host) return undefined
  const port = host[2] ?? ''
  const usual = scheme === 'https' ? '443' : '80'
  const at = port === '' || Number(port) === Number(usual) ? '' : `:${Number(port)}`
  const path = withoutDotSegments(escapes(rawPath))
  return `${scheme}://${ipv6(escapes(host[1] ?? '').toLowerCase())}${at}${path === '' ? '/' : path}`
}

/** §6.2.2.1 and §6.2.2.2: upper-case hex, and what needed no escape is not escaped. */
function escapes(text: string): string {
  return text.replace(/%([0-9A-Fa-f]{2})/g, (whole, hex: string) => {
    const character = String.fromCharCode(Number.parseInt(hex, 16))
    return /[A-Za-z0-9._~-]/.test(character) ? character : whole.toUpperCase()
  })
}

/** §5.2.4, on the list of segments instead of the two buffers of the RFC. */
function withoutDotSegments(path: string): string {
  const out: string[] = []
  const segments = path.split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1
    if (segment === '..') out.pop()
    else if (segment !== '.') out.push(segment)
    if (last && (segment === '.' || segment === '..')) out.push('')
  }
  return out.length === 0 && segments.length === 0 ? '' : `/${out.join('/')}`
}

/** An IPv6 literal by its value, whichever way it is written. */
function ipv6(host: string): string {
  if (!host.startsWith('[')) return host
  try {
    return new URL(`http://${host}/`).hostname
  } catch {
    return host
  }
}
