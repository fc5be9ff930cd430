import { formatChallenge } from './challenge.ts'
import { OAuthError, type OAuthErrorCode } from './errors.ts'
import { jsonResponse } from './json-response.ts'

/** What the answer of a token endpoint says beside the error. */
export interface TokenErrorContext {
  /** A nonce for the next attempt; required with use_dpop_nonce, welcome with any other answer. */
  readonly nonce?: string | undefined
  /** The client tried to authenticate in the Authorization header, so a 401 names that scheme (RFC 6749 §5.2). */
  readonly basicTried?: boolean
  /** Absolute URL of a page about the error (RFC 6749 §5.2). */
  readonly errorUri?: string | undefined
}

/** RFC 6749 §5.2: 400, except for a client that is not authenticated. RFC 9449 §5 and §8 keep to that. */
const STATUS = {
  access_denied: 400,
  consent_required: 400,
  insufficient_scope: 403,
  interaction_required: 400,
  invalid_client: 401,
  invalid_client_metadata: 400,
  invalid_dpop_proof: 400,
  invalid_grant: 400,
  invalid_redirect_uri: 400,
  invalid_request: 400,
  invalid_request_uri: 400,
  invalid_scope: 400,
  invalid_target: 400,
  invalid_token: 401,
  login_required: 400,
  request_not_supported: 400,
  server_error: 500,
  temporarily_unavailable: 503,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  unsupported_token_type: 400,
  use_dpop_nonce: 400,
} as const satisfies Record<OAuthErrorCode, number>

/** Reasons whose status says more than the code does. */
const STATUS_OF_REASON: Readonly<Record<string, number>> = {
  'body.size': 413,
  'registration.rate': 429,
  'request.rate': 429,
}

/**
 * The answer of the token endpoint and its neighbours (PAR, introspection, revocation) to a fault. Anything that is not an OAuthError is thrown again.
 * @see RFC 6749 §5.2 · RFC 9449 §5, §8
 */
export function tokenErrorResponse(error: unknown, context: TokenErrorContext = {}): Response {
  if (!(error instanceof OAuthError)) throw error
  const status = STATUS_OF_REASON[error.reason] ?? STATUS[error.code]
  const headers = new Headers()
  if (error.code === 'invalid_client' && context.basicTried === true) {
    headers.set(
      'www-authenticate',
      formatChallenge({ scheme: 'Basic', params: { realm: 'token', charset: 'UTF-8' } }),
    )
  }
  if (status === 503 || status === 429) headers.set('retry-after', '1')
  return jsonResponse(
    {
      error: error.code,
      error_description: error.description,
      ...(context.errorUri !== undefined && { error_uri: context.errorUri }),
    },
    { status, headers, nonce: context.nonce },
  )
}
