import type { AuthorizationServer } from './authorization-server.ts'

/** @see RFC 7009 */
export async function revocationRequest(_server: AuthorizationServer, _request: Request): Promise<Response> {
  throw new TypeError('to come')
}
