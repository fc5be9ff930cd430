import { type JsonObject, parseBase64url, parseJkt, parseJsonObject } from '@keybound/dpop'

/** The header (0) or the payload (1) of a JWT, unverified: for showing and counting, never for deciding. */
export function jwtSegment(jwt: string, at: 0 | 1): JsonObject | undefined {
  const octets = parseBase64url(jwt.split('.')[at] ?? '')
  const object = octets && parseJsonObject(new TextDecoder().decode(octets))
  return typeof object === 'object' ? object : undefined
}

/** The thumbprint to which an access token says that it is bound. */
export function boundTo(accessToken: string): string | undefined {
  const cnf = jwtSegment(accessToken, 1)?.cnf as { readonly jkt?: unknown } | undefined
  return parseJkt(cnf?.jkt)
}
