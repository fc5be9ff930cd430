import type { AuthorizationServer } from './authorization-server.ts'

/** @see RFC 9126 · RFC 9449 §10.1 */
export async function pushedAuthorizationRequest(
  _server: AuthorizationServer,
  _request: Request,
): Promise<Response> {
  throw new TypeError('to come')
}
