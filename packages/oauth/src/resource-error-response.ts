import { formatChallenge } from './challenge.ts'
import { OAuthError, type OAuthErrorCode } from './errors.ts'
import { jsonResponse } from './json-response.ts'

/** What the challenges of a protected resource say beside the error. */
export interface ResourceErrorContext {
  /** The schemes the resource accepts, in the order of the challenges; DPoP alone by default. */
  readonly schemes?: readonly ('DPoP' | 'Bearer')[]
  /** The scheme the request used, when that is clear: its challenge alone carries the error (RFC 9449 §7.2). */
  readonly tried?: 'DPoP' | 'Bearer' | undefined
  /** Algorithms accepted in proofs. */
  readonly algs: readonly string[]
  readonly nonce?: string | undefined
  /** The scope that access would need. */
  readonly scope?: string | undefined
  readonly realm?: string | undefined
  /** URL of the RFC 9728 document. */
  readonly resourceMetadata?: string | undefined
  /** Absolute URL of a page about the error (RFC 6750 §3). */
  readonly errorUri?: string | undefined
}

type Answer = { readonly status: number; readonly challenge: boolean }

const UNAUTHORIZED: Answer = { status: 401, challenge: true }
const BAD_REQUEST: Answer = { status: 400, challenge: true }
const FORBIDDEN: Answer = { status: 403, challenge: true }

/** RFC 6750 §3.1 and RFC 9449 §7.1, §9: 401 for everything that another proof or token would cure. */
const ANSWER = {
  access_denied: FORBIDDEN,
  consent_required: FORBIDDEN,
  insufficient_scope: FORBIDDEN,
  interaction_required: FORBIDDEN,
  invalid_client: UNAUTHORIZED,
  invalid_client_metadata: BAD_REQUEST,
  invalid_dpop_proof: UNAUTHORIZED,
  invalid_grant: UNAUTHORIZED,
  invalid_redirect_uri: BAD_REQUEST,
  invalid_request: BAD_REQUEST,
  invalid_request_uri: BAD_REQUEST,
  invalid_scope: BAD_REQUEST,
  invalid_target: BAD_REQUEST,
  invalid_token: UNAUTHORIZED,
  login_required: UNAUTHORIZED,
  request_not_supported: BAD_REQUEST,
  server_error: { status: 500, challenge: false },
  temporarily_unavailable: { status: 503, challenge: false },
  unauthorized_client: FORBIDDEN,
  unsupported_grant_type: BAD_REQUEST,
  unsupported_response_type: BAD_REQUEST,
  unsupported_token_type: BAD_REQUEST,
  use_dpop_nonce: UNAUTHORIZED,
} as const satisfies Record<OAuthErrorCode, Answer>

const ANSWER_OF_REASON: Readonly<Record<string, Answer>> = {
  'body.size': { status: 413, challenge: false },
  'request.rate': { status: 429, challenge: false },
  'credentials.present': UNAUTHORIZED,
}

/**
 * The answer of a protected resource to a fault. Anything that is not an OAuthError is thrown again.
 *
 * A request without credentials (`credentials.present`) gets challenges that say nothing of an error.
 * @see RFC 9449 §7.1, §7.2, §9 · RFC 6750 §3 · RFC 9728 §5.1
 */
export function resourceErrorResponse(error: unknown, context: ResourceErrorContext): Response {
  if (!(error instanceof OAuthError)) throw error
  const { status, challenge } = ANSWER_OF_REASON[error.reason] ?? ANSWER[error.code]
  const headers = new Headers()
  if (challenge) for (const value of challenges(error, context)) headers.append('www-authenticate', value)
  if (status === 503 || status === 429) headers.set('retry-after', '1')
  const body =
    error.reason === 'credentials.present'
      ? { message: 'This resource needs an access token.' }
      : { error: error.code, error_description: error.description, ...errorUriOf(context) }
  return jsonResponse(body, { status, headers, nonce: context.nonce })
}

function challenges(error: OAuthError, context: ResourceErrorContext): string[] {
  const schemes = context.schemes ?? ['DPoP']
  const clear = context.tried !== undefined && schemes.includes(context.tried)
  return schemes.map((scheme) => {
    const params: Record<string, string> = {}
    if (context.realm !== undefined) params.realm = context.realm
    if (error.reason !== 'credentials.present' && (!clear || scheme === context.tried)) {
      params.error = error.code
      params.error_description = error.description
      Object.assign(params, errorUriOf(context))
    }
    if (context.scope !== undefined) params.scope = context.scope
    if (scheme === 'DPoP') params.algs = context.algs.join(' ')
    if (context.resourceMetadata !== undefined) params.resource_metadata = context.resourceMetadata
    return formatChallenge({ scheme, params })
  })
}

function errorUriOf({ errorUri }: ResourceErrorContext): { error_uri?: string } {
  return errorUri === undefined ? {} : { error_uri: errorUri }
}
