import { type AuthorizationResponseTarget, authorizationResponse } from './authorization-response.ts'
import { OAuthError, type OAuthErrorCode } from './errors.ts'

/** What the authorization endpoint may say (RFC 6749 §4.1.2.1 and its extensions) for each code that can reach it. */
const SAID = {
  access_denied: 'access_denied',
  consent_required: 'consent_required',
  insufficient_scope: 'invalid_scope',
  interaction_required: 'interaction_required',
  invalid_client: 'unauthorized_client',
  invalid_client_metadata: 'invalid_request',
  invalid_dpop_proof: 'invalid_request',
  invalid_grant: 'invalid_request',
  invalid_redirect_uri: 'invalid_request',
  invalid_request: 'invalid_request',
  invalid_request_uri: 'invalid_request_uri',
  invalid_scope: 'invalid_scope',
  invalid_target: 'invalid_target',
  invalid_token: 'invalid_request',
  login_required: 'login_required',
  request_not_supported: 'request_not_supported',
  server_error: 'server_error',
  temporarily_unavailable: 'temporarily_unavailable',
  unauthorized_client: 'unauthorized_client',
  unsupported_grant_type: 'invalid_request',
  unsupported_response_type: 'unsupported_response_type',
  unsupported_token_type: 'invalid_request',
  use_dpop_nonce: 'invalid_request',
} as const satisfies Record<OAuthErrorCode, OAuthErrorCode>

/**
 * The answer of the authorization endpoint to a fault, sent to the client. Anything that is not an OAuthError is thrown again.
 * `errorUri` is the absolute URL of a page about the error.
 * Does not check: the redirect URI. A wrong client_id or redirect_uri is a page, never a redirect (RFC 6749 §4.1.2.1).
 */
export function redirectErrorResponse(
  error: unknown,
  to: AuthorizationResponseTarget,
  errorUri?: string,
): Response {
  if (!(error instanceof OAuthError)) throw error
  return authorizationResponse(to, {
    error: SAID[error.code],
    error_description: error.description,
    ...(errorUri !== undefined && { error_uri: errorUri }),
  })
}
