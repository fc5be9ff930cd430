import { parseBase64url, parseJsonObject } from '@keybound/dpop/server'
import { invalidToken } from './invalid-token.ts'

/** The parts of a JWT in compact form, apart and not yet decoded. */
export interface TokenSegments {
  readonly header: string
  readonly payload: string
  readonly signature: string
  readonly signingInput: string
}

/** Characters. Longer ones do not come from our issuer. */
const longest = 8192

/** Whether the token has the three segments of a signed JWT. Others are opaque, dots or not. */
export function isJwtShaped(token: string): boolean {
  return /^[^.]+\.[^.]+\.[^.]+$/.test(token)
}

/**
 * Takes a JWT in compact form apart, unverified.
 * Throws OAuthError invalid_token `token.valid`.
 * @see RFC 7515 §7.1
 */
export function splitAccessToken(token: string): TokenSegments {
  if (token.length > longest) throw invalidToken('the token is too long')
  const [header, payload, signature, ...more] = token.split('.', 4)
  if (!header || !payload || !signature || more.length > 0)
    throw invalidToken('the token is not a signed JWT')
  return { header, payload, signature, signingInput: token.slice(0, header.length + 1 + payload.length) }
}

/** The JSON object in a segment. Throws OAuthError invalid_token `token.valid`. */
export function parseObject(segment: string): Readonly<Record<string, unknown>> {
  const parsed = parseJsonObject(text(octets(segment)))
  if (typeof parsed === 'string') throw invalidToken(`header or payload of the token ${parsed}`)
  return parsed
}

/** The octets in a segment. Throws OAuthError invalid_token `token.valid`. */
export function octets(segment: string): Uint8Array<ArrayBuffer> {
  const bytes = parseBase64url(segment)
  if (!bytes) throw invalidToken('a segment of the token is not canonical base64url')
  return bytes
}

function text(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch (cause) {
    throw invalidToken('header or payload of the token is not UTF-8', { cause })
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
