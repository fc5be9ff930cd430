/** An EC signature in the ASN.1 form that OpenSSL and Java make by default and JWS does not want. */
export function derSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2
  const body = [...derInteger(raw.subarray(0, half)), ...derInteger(raw.subarray(half))]
  return Uint8Array.from([0x30, ...(body.length < 128 ? [] : [0x81]), body.length, ...body])
}

function derInteger(octets: Uint8Array): number[] {
  const start = octets.findIndex((octet) => octet !== 0)
  const value = Array.from(octets.subarray(start < 0 ? octets.length - 1 : start))
  if ((value[0] ?? 0) >= 128) value.unshift(0)
  return [0x02, value.length, ...value]
}
