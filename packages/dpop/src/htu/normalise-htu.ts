/** Already normal, as nearly every URL is: nothing below would change it. A port is left to the long way. */
const NORMAL = /^https?:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/[A-Za-z0-9_~!$&'()*+,;=:@/-]*$/

/** RFC 3986 §3: scheme, authority and path, with the query and fragment that RFC 9449 §4.3 (9) ignores cut off. */
const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)([^?#]*)/
const AUTHORITY = /^(\[[^\]]*\]|[^:@[\]]*)(?::([0-9]*))?$/
const REG_NAME = /^(?:[A-Za-z0-9\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/
const PATH = /^(?:\/(?:[A-Za-z0-9\-._~!$&'()*+,;=:@]|%[0-9A-Fa-f]{2})*)*$/
const DEFAULT_PORT: ReadonlyMap<string, string> = new Map([
  ['http', '80'],
  ['https', '443'],
])

/**
 * The target URI of a request in its one normal form, or undefined where it is not an http(s) URI that RFC 3986 allows.
 *
 * By an own parser, because the WHATWG one repairs (backslashes, tabs, `http:/x`, 0x7f.1) and a repaired URL is another URL. Applied:
 * case of scheme and host, default and empty port, percent-encoding of unreserved characters and the case of its digits, dot segments,
 * empty path (§6.2.2, §6.2.3). Never applied is what could make unequal resources equal: `%2F` stays, the path keeps its case and its
 * trailing slash, numeric hosts, trailing dots and A-labels are texts. Userinfo and everything outside ASCII are refused.
 * @see RFC 9449 §4.3 (9) · RFC 3986 §6.2
 */
export function normaliseHtu(htu: string): string | undefined {
  if (NORMAL.test(htu)) return htu
  if (!/^[\x21-\x7e]+$/.test(htu)) return undefined
  const [, scheme = '', authority = '', path = ''] = PARTS.exec(htu) ?? []
  const origin = normaliseOrigin(scheme.toLowerCase(), authority)
  if (origin === undefined || !PATH.test(path)) return undefined
  return origin + removeDotSegments(normalisePercents(path === '' ? '/' : path))
}

function normaliseOrigin(scheme: string, authority: string): string | undefined {
  const defaultPort = DEFAULT_PORT.get(scheme)
  const [, host = '', port = ''] = AUTHORITY.exec(authority) ?? []
  if (defaultPort === undefined || !(REG_NAME.test(host) || isIpLiteral(host))) return undefined
  const number = port.replace(/^0+(?=.)/, '')
  if (Number(number) > 65535) return undefined
  const suffix = number === '' || number === defaultPort ? '' : `:${number}`
  return `${scheme}://${normalisePercents(host.toLowerCase(), true)}${suffix}`
}

/** Decodes what needs no encoding, writes the digits of the rest in upper case. In a host a letter that was encoded is case-insensitive too. */
function normalisePercents(text: string, host = false): string {
  return text.replace(/%[0-9A-Fa-f]{2}/g, (encoded) => {
    const character = String.fromCharCode(Number.parseInt(encoded.slice(1), 16))
    if (!/[A-Za-z0-9\-._~]/.test(character)) return encoded.toUpperCase()
    return host ? character.toLowerCase() : character
  })
}

/** RFC 3986 §5.2.4 for a path that begins with a slash. */
function removeDotSegments(path: string): string {
  if (!path.includes('/.')) return path
  const output: string[] = []
  const segments = path.split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1
    if (segment === '..') output.pop()
    if (segment !== '.' && segment !== '..') output.push(segment)
    else if (last) output.push('')
  }
  return `/${output.join('/')}`
}

/** `[` IPv6 or IPvFuture `]`, without a zone. Compared as text, in lower case: other spellings of one address are refused, never confused. */
function isIpLiteral(host: string): boolean {
  if (!host.startsWith('[') || !host.endsWith(']')) return false
  const address = host.slice(1, -1)
  return isIpv6(address) || /^[Vv][0-9A-Fa-f]+\.[A-Za-z0-9\-._~!$&'()*+,;=:]+$/.test(address)
}

function isIpv6(address: string): boolean {
  const halves = address.split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const ipv4 = /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.(?!$)|$)){4}$/.test(last) && halves.at(-1) !== ''
  const hex = ipv4 ? groups.slice(0, -1) : groups
  const size = hex.length + (ipv4 ? 2 : 0)
  return (
    hex.every((group) => /^[0-9A-Fa-f]{1,4}$/.test(group)) && (halves.length === 2 ? size < 8 : size === 8)
  )
}
