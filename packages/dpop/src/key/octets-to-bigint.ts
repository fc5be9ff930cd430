/** Octets as an unsigned integer, most significant first. */
export function octetsToBigint(octets: Uint8Array): bigint {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  const odd = octets.length % 8
  let value = 0n
  for (let at = 0; at < odd; at++) value = (value << 8n) | BigInt(view.getUint8(at))
  for (let at = odd; at < octets.length; at += 8) value = (value << 64n) | view.getBigUint64(at)
  return value
}
