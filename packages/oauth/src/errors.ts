/**
 * The registered error codes that Keybound uses.
 * @see RFC 6749 §4.1.2.1, §5.2 · RFC 6750 §3.1 · RFC 7009 §2.2.1 · RFC 7591 §3.2.2 · RFC 8707 §2 · RFC 9101 §7 · RFC 9449 §5, §8 · OpenID Connect Core §3.1.2.6
 */
export type OAuthErrorCode =
  | 'access_denied'
  | 'consent_required'
  | 'insufficient_scope'
  | 'interaction_required'
  | 'invalid_client'
  | 'invalid_client_metadata'
  | 'invalid_dpop_proof'
  | 'invalid_grant'
  | 'invalid_redirect_uri'
  | 'invalid_request'
  | 'invalid_request_uri'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_token'
  | 'login_required'
  | 'request_not_supported'
  | 'server_error'
  | 'temporarily_unavailable'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'unsupported_token_type'
  | 'use_dpop_nonce'

/**
 * A fault on the wire. It knows neither status nor header: the three presenters own those.
 *
 * `reason` is the id of the rule that failed (`htm.match`), `description` is `<reason>: <sentence>` and may be sent:
 * it never holds a token, a proof, a code, a verifier or a secret, and keeps to %x20-21 / %x23-5B / %x5D-7E.
 *
 * It has no stack of its own on V8: it is an answer, which `reason` explains, and the stack would nearly double what it costs to refuse noise
 * (docs/decisions/025). Its `cause`, where there is one, has its own.
 */
export class OAuthError extends Error {
  override readonly name = 'OAuthError'
  readonly code: OAuthErrorCode
  readonly reason: string
  readonly description: string

  constructor(code: OAuthErrorCode, reason: string, sentence: string, options?: ErrorOptions) {
    const description = wireSafe(`${reason}: ${sentence}`)
    const { stackTraceLimit } = Error
    // Not by an assignment, which throws in a frozen realm.
    Reflect.set(Error, 'stackTraceLimit', 0)
    super(description, options)
    Reflect.set(Error, 'stackTraceLimit', stackTraceLimit)
    this.code = code
    this.reason = reason
    this.description = description
  }
}

/** Double quotes become single ones, backslashes become slashes, anything else outside printable ASCII a question mark. */
function wireSafe(text: string): string {
  return text
    .replaceAll('"', "'")
    .replaceAll('\\', '/')
    .replace(/[^\x20-\x7e]/g, '?')
}
