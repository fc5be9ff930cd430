import type { AuthorizationServer } from './authorization-server.ts'

/** @see RFC 8414 §2 */
export function authorizationServerMetadata(_server: AuthorizationServer): Readonly<Record<string, unknown>> {
  throw new TypeError('to come')
}

/** @see OpenID Connect Discovery 1.0 §3 */
export function openidConfiguration(_server: AuthorizationServer): Readonly<Record<string, unknown>> {
  throw new TypeError('to come')
}
