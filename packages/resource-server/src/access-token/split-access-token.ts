import { type CompactJws, parseBase64url, parseJsonSegment, splitCompactJws } from '@keybound/dpop/server'
import { invalidToken } from './invalid-token.ts'

/** Characters. Longer ones do not come from our issuer. */
const longest = 8192

/** Takes a JWT in compact form apart, unverified. Throws OAuthError invalid_token `token.valid`. */
export function splitAccessToken(token: string): CompactJws {
  if (token.length > longest) throw invalidToken('the token is too long')
  const segments = splitCompactJws(token)
  if (!segments) throw invalidToken('the token is not a signed JWT')
  return segments
}

/** The JSON object in a segment. Throws OAuthError invalid_token `token.valid`. */
export function parseObject(segment: string): Readonly<Record<string, unknown>> {
  const parsed = parseJsonSegment(segment)
  if (typeof parsed === 'string') throw invalidToken(`header or payload of the token ${parsed}`)
  return parsed
}

/** The octets in a segment. Throws OAuthError invalid_token `token.valid`. */
export function octets(segment: string): Uint8Array<ArrayBuffer> {
  const bytes = parseBase64url(segment)
  if (!bytes) throw invalidToken('a segment of the token is not canonical base64url')
  return bytes
}
