import { sha256 } from '#signature'
import type { Awaitable } from '../awaitable.ts'

/** The `ath` of an access token: SHA-256 over its characters, in base64url. At once on Node, a promise elsewhere: await it. @see RFC 9449 §4.2 */
export function accessTokenHash(accessToken: string): Awaitable<string> {
  return sha256(accessToken)
}
