const HEX = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** Octets as an unsigned integer, most significant first. */
export function octetsToBigint(octets: Uint8Array): bigint {
  let hex = '0x0'
  for (const octet of octets) hex += HEX[octet]
  return BigInt(hex)
}
