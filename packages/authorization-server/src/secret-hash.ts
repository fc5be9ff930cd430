import { hash } from 'node:crypto'

/** base64url SHA-256 of an opaque value (code, refresh token, request_uri, cookie, client secret): what the stores hold instead of it. */
export function secretHash(value: string): string {
  return hash('sha256', value, 'base64url')
}
