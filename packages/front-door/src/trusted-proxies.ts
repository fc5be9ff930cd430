import { BlockList, isIPv4, isIPv6 } from 'node:net'

/**
 * Says whether the peer of a connection is one of the proxies named at start, as addresses or CIDR blocks.
 * Throws TypeError for an entry that is neither.
 */
export function trustedProxies(entries: readonly string[]): (address: string | undefined) => boolean {
  const list = new BlockList()
  for (const entry of entries) add(list, entry)
  return function isTrusted(address) {
    if (!address) return false
    const plain = address.startsWith('::ffff:') ? address.slice(7) : address
    return list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
  }
}

function add(list: BlockList, entry: string): void {
  const [address = '', prefix] = entry.split('/')
  const family = isIPv4(address) ? 'ipv4' : isIPv6(address) ? 'ipv6' : undefined
  const bits = prefix === undefined ? undefined : Number(prefix)
  const most = family === 'ipv4' ? 32 : 128
  if (!family || (bits !== undefined && !(Number.isInteger(bits) && bits >= 0 && bits <= most))) {
    throw new TypeError(`not an IP address or CIDR block: ${entry}`)
  }
  if (bits === undefined) list.addAddress(address, family)
  else list.addSubnet(address, bits, family)
}
