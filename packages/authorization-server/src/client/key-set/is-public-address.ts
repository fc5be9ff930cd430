import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** This machine, this network, the link, the carrier's, documentation, benchmarks, multicast, reserved. @see RFC 6890 */
const notPublic = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]

/** Of IPv6 only the global unicast addresses, without those that carry an IPv4 address inside them, or stand in books. */
const globalUnicast = ['2000::/3']
const notGlobal = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

const loopback = listOf(['127.0.0.0/8', '::1/128'])
const refusedIPv4 = listOf(notPublic)
const allowedIPv6 = listOf(globalUnicast)
const refusedIPv6 = listOf(notGlobal)

/** Whether an IP address is one of the open Internet. Whatever is no plain address is not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !refusedIPv4.check(address, 'ipv4')
  return isIPv6(address) && allowedIPv6.check(address, 'ipv6') && !refusedIPv6.check(address, 'ipv6')
}

export function isLoopbackAddress(address: string): boolean {
  if (isIPv4(address)) return loopback.check(address, 'ipv4')
  return isIPv6(address) && loopback.check(address, 'ipv6')
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList()
  for (const block of blocks) {
    const [network = '', bits] = block.split('/')
    list.addSubnet(network, Number(bits), isIPv4(network) ? 'ipv4' : 'ipv6')
  }
  return list
}
