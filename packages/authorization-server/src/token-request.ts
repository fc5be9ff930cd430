import type { AuthorizationServer } from './authorization-server.ts'

/** @see RFC 6749 §3.2 · RFC 9449 §5 */
export async function tokenRequest(_server: AuthorizationServer, _request: Request): Promise<Response> {
  throw new TypeError('to come')
}
