import { isIP, isIPv4, isIPv6 } from 'node:net'

/** Says whether an address is one of our own proxies. Asked about addresses only. */
export type IsTrustedProxy = (address: string | undefined) => boolean

/**
 * Where a request comes from, for rate limits: the peer, or behind trusted proxies the last address in X-Forwarded-For that is none
 * of them. What stands before it anyone may have written. IPv6 counts by /64, because one host has all of that.
 * @see RFC 4291 §2.5.4
 */
export function requestSource(
  peer: string | undefined,
  forwardedFor: string | null,
  isTrusted: IsTrustedProxy,
): string {
  if (!isTrusted(peer) || forwardedFor === null) return network(peer)
  const hops = forwardedFor.split(',').map((hop) => hop.trim())
  const outermost = hops.findLast((hop) => isIP(hop) === 0 || !isTrusted(hop))
  return network(outermost ?? peer)
}

/** Whatever is no address is one source together: nobody gains by writing nonsense. */
function network(address: string | undefined): string {
  const plain = address?.replace(/^::ffff:(?=\d+\.)/i, '') ?? ''
  if (isIPv4(plain)) return plain
  if (!isIPv6(plain)) return 'unknown'
  return `${groupsOf(plain).slice(0, 4).join(':')}::/64`
}

/** The eight groups, without leading zeros. */
function groupsOf(address: string): readonly string[] {
  const [host = ''] = address.split('%')
  const plain = new URL(`http://[${host}]`).hostname.slice(1, -1)
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array<string>(zeros).fill('0'), ...after]
}
