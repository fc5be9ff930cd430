const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const INVALID = 64
const VALUES = new Uint8Array(128).fill(INVALID)
for (let value = 0; value < ALPHABET.length; value++) VALUES[ALPHABET.charCodeAt(value)] = value

/**
 * The octets of an unpadded base64url text, or undefined unless it is the one canonical spelling of them: no padding, no other alphabet,
 * no whitespace, no stray trailing bits. So one key has one thumbprint and one proof one text.
 * @see RFC 4648 §3.5, §5 · RFC 7515 §2
 */
export function parseBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const length = text.length
  const rest = length % 4
  if (rest === 1) return undefined
  const bytes = new Uint8Array((length * 3) >> 2)
  const whole = length - rest
  let at = 0
  let invalid = 0
  for (let index = 0; index < whole; index += 4) {
    const a = valueAt(text, index)
    const b = valueAt(text, index + 1)
    const c = valueAt(text, index + 2)
    const d = valueAt(text, index + 3)
    invalid |= a | b | c | d
    const bits = (a << 18) | (b << 12) | (c << 6) | d
    bytes[at++] = bits >> 16
    bytes[at++] = bits >> 8
    bytes[at++] = bits
  }
  if (rest > 0) {
    const a = valueAt(text, whole)
    const b = valueAt(text, whole + 1)
    const c = rest === 3 ? valueAt(text, whole + 2) : 0
    invalid |= a | b | c
    if (rest === 2 ? (b & 0b1111) !== 0 : (c & 0b11) !== 0) return undefined
    const bits = (a << 18) | (b << 12) | (c << 6)
    bytes[at++] = bits >> 16
    if (rest === 3) bytes[at++] = bits >> 8
  }
  return (invalid & INVALID) === 0 ? bytes : undefined
}

export function formatBase64url(bytes: Uint8Array): string {
  let text = ''
  let index = 0
  for (; index + 2 < bytes.length; index += 3) {
    text += quartet(((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0), 4)
  }
  const rest = bytes.length - index
  if (rest > 0) text += quartet(((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8), rest + 1)
  return text
}

function valueAt(text: string, index: number): number {
  return VALUES[text.charCodeAt(index)] ?? INVALID
}

function quartet(bits: number, characters: number): string {
  let text = ''
  for (let shift = 18; characters > 0; shift -= 6, characters--) text += ALPHABET.charAt((bits >> shift) & 63)
  return text
}
