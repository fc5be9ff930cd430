import { OAuthError, tokenErrorResponse } from '@keybound/oauth'
import type { AuthorizationServer } from './authorization-server.ts'
import { reportUnavailable } from './report-unavailable.ts'

/** The one catch of the JSON endpoints: what is wrong, the Basic challenge where Basic was tried, and a nonce where the proof was the trouble. */
export async function endpointErrorResponse(
  server: AuthorizationServer,
  request: Request,
  error: unknown,
  now: number,
): Promise<Response> {
  reportUnavailable(server, error)
  const aboutTheProof =
    error instanceof OAuthError && (error.code === 'use_dpop_nonce' || error.code === 'invalid_dpop_proof')
  return tokenErrorResponse(error, {
    nonce: aboutTheProof ? await server.nonces?.issue(now) : undefined,
    basicTried: request.headers.has('authorization'),
    errorUri: error instanceof OAuthError ? server.errorPages?.(error.reason) : undefined,
  })
}
