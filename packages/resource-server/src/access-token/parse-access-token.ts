import { invalidToken } from './invalid-token.ts'

export interface ParsedAccessToken {
  readonly header: Readonly<Record<string, unknown>>
  readonly claims: Record<string, unknown>
  /** The bytes under the signature. */
  readonly signed: Uint8Array
  readonly signature: Uint8Array<ArrayBuffer>
}

const compactJws = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/

/** Larger ones do not come from our issuer, and would be parsed for nobody. */
const longest = 8192

/**
 * The parts of a JWT in compact form, unverified.
 * Throws OAuthError invalid_token `token.valid`.
 * @see RFC 7515 §7.1
 */
export function parseAccessToken(token: string): ParsedAccessToken {
  if (token.length > longest || !compactJws.test(token)) throw invalidToken('the token is not a signed JWT')
  const [header = '', payload = '', signature = ''] = token.split('.')
  return {
    header: parseObject(header),
    claims: parseObject(payload),
    signed: encoder.encode(token.slice(0, token.lastIndexOf('.'))),
    signature: bytes(signature),
  }
}

function parseObject(segment: string): Record<string, unknown> {
  const value: unknown = parseJson(segment)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalidToken('header or payload of the token is no JSON object')
  }
  return value as Record<string, unknown>
}

function parseJson(segment: string): unknown {
  try {
    return JSON.parse(decoder.decode(bytes(segment)))
  } catch (cause) {
    throw invalidToken('header or payload of the token is no JSON object', { cause })
  }
}

function bytes(segment: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(segment.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0))
  } catch (cause) {
    throw invalidToken('a segment of the token is not base64url', { cause })
  }
}

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })
