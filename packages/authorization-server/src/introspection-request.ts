import type { AuthorizationServer } from './authorization-server.ts'

/** @see RFC 7662 · RFC 9449 §6.2 */
export async function introspectionRequest(
  _server: AuthorizationServer,
  _request: Request,
): Promise<Response> {
  throw new TypeError('to come')
}
