const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const INVALID = 64
const CODES = Uint8Array.from(ALPHABET, (character) => character.charCodeAt(0))
const VALUES = new Uint8Array(128).fill(INVALID)
for (const [value, code] of CODES.entries()) VALUES[code] = value

const ascii = new TextDecoder()

/**
 * The octets of an unpadded base64url text, or undefined unless it is the one canonical spelling of them: no padding, no other alphabet,
 * no whitespace, no stray trailing bits. So one key has one thumbprint and one proof one text.
 * @see RFC 4648 §3.5, §5 · RFC 7515 §2
 */
export function parseBase64url(text: string): Uint8Array<ArrayBuffer> | undefined {
  const rest = text.length % 4
  if (rest === 1) return undefined
  const bytes = new Uint8Array((text.length * 3) >> 2)
  const whole = text.length - rest
  let at = 0
  let seen = 0
  for (let index = 0; index < whole; index += 4) {
    const a = valueAt(text, index)
    const b = valueAt(text, index + 1)
    const c = valueAt(text, index + 2)
    const d = valueAt(text, index + 3)
    seen |= a | b | c | d
    bytes[at++] = (a << 2) | (b >> 4)
    bytes[at++] = (b << 4) | (c >> 2)
    bytes[at++] = (c << 6) | d
  }
  if (rest > 0) {
    const a = valueAt(text, whole)
    const b = valueAt(text, whole + 1)
    const c = rest === 3 ? valueAt(text, whole + 2) : 0
    seen |= a | b | c
    bytes[at++] = (a << 2) | (b >> 4)
    if (rest === 3) bytes[at++] = (b << 4) | (c >> 2)
    const trailing = rest === 2 ? b & 0b1111 : c & 0b11
    if (trailing !== 0) return undefined
  }
  return seen < INVALID ? bytes : undefined
}

export function formatBase64url(bytes: Uint8Array): string {
  const codes = new Uint8Array(Math.ceil((bytes.length * 4) / 3))
  const whole = bytes.length - (bytes.length % 3)
  let at = 0
  for (let index = 0; index < whole; index += 3) {
    const bits = (octetAt(bytes, index) << 16) | (octetAt(bytes, index + 1) << 8) | octetAt(bytes, index + 2)
    codes[at++] = codeOf(bits >> 18)
    codes[at++] = codeOf(bits >> 12)
    codes[at++] = codeOf(bits >> 6)
    codes[at++] = codeOf(bits)
  }
  if (whole < bytes.length) {
    const bits = (octetAt(bytes, whole) << 16) | (octetAt(bytes, whole + 1) << 8)
    codes[at++] = codeOf(bits >> 18)
    codes[at++] = codeOf(bits >> 12)
    if (whole + 1 < bytes.length) codes[at++] = codeOf(bits >> 6)
  }
  return ascii.decode(codes)
}

function valueAt(text: string, index: number): number {
  return VALUES[text.charCodeAt(index)] ?? INVALID
}

function codeOf(bits: number): number {
  return CODES[bits & 63] ?? 0
}

/** Zero behind the end, which is what the last group is filled with. */
function octetAt(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0
}
