// As much of Node's Buffer as the tests use, for runtimes that have none.

type Encoding = 'utf8' | 'latin1' | 'base64url' | 'hex'

export class OctetBuffer extends Uint8Array {
  override toString(encoding: Encoding = 'utf8'): string {
    if (encoding === 'hex') return Array.from(this, (octet) => octet.toString(16).padStart(2, '0')).join('')
    if (encoding === 'utf8') return new TextDecoder().decode(this)
    const latin1 = Array.from(this, (octet) => String.fromCharCode(octet)).join('')
    if (encoding === 'latin1') return latin1
    return btoa(latin1).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '')
  }
}

export const Buffer = {
  from(value: string | ArrayLike<number>, encoding: Encoding = 'utf8'): OctetBuffer {
    return new OctetBuffer(typeof value === 'string' ? octetsOf(value, encoding) : value)
  },
  alloc: (length: number, octet = 0) => new OctetBuffer(length).fill(octet),
  concat: (parts: readonly Uint8Array[]) => new OctetBuffer(parts.flatMap((part) => [...part])),
}

function octetsOf(text: string, encoding: Encoding): ArrayLike<number> {
  if (encoding === 'utf8') return new TextEncoder().encode(text)
  if (encoding === 'hex') return (text.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  const latin1 = encoding === 'latin1' ? text : atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Array.from(latin1, (character) => character.charCodeAt(0))
}
