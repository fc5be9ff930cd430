import type { Rule } from '../rule.ts'

/** What an authorization request may say, pushed or plain. */
export const requestRules = {
  'client.known': {
    clause: 'RFC 6749 §4.1.2.1',
    code: 'invalid_request',
    says: 'No client has this client_id.',
  },
  'redirect_uri.registered': {
    clause: 'RFC 9700 §2.1',
    code: 'invalid_request',
    says: 'redirect_uri is missing or not registered for this client.',
  },
  'parameter.single': {
    clause: 'RFC 6749 §3.1',
    code: 'invalid_request',
    says: 'A parameter is sent at most once.',
  },
  'response_type.present': {
    clause: 'RFC 6749 §3.1.1',
    code: 'invalid_request',
    says: 'The request has no response_type.',
  },
  'response_type.code': {
    clause: 'RFC 6749 §3.1.1',
    code: 'unsupported_response_type',
    says: 'The only response_type is code.',
  },
  'response_mode.known': {
    clause: 'OAuth 2.0 Multiple Response Types §2.1',
    code: 'invalid_request',
    says: 'response_mode is query or form_post.',
  },
  'pkce.required': {
    clause: 'RFC 7636 §4.4.1',
    code: 'invalid_request',
    says: 'A code_challenge of 43 base64url characters is needed, with code_challenge_method S256.',
  },
  'dpop_jkt.shape': {
    clause: 'RFC 9449 §10',
    code: 'invalid_request',
    says: 'dpop_jkt is a SHA-256 thumbprint of 43 base64url characters.',
  },
  'scope.allowed': {
    clause: 'RFC 6749 §3.3',
    code: 'invalid_scope',
    says: 'scope is missing, unknown, or more than the client is registered for.',
  },
  'resource.known': {
    clause: 'RFC 8707 §2',
    code: 'invalid_target',
    says: 'This server issues no tokens for that resource.',
  },
  'prompt.valid': {
    clause: 'OpenID Connect Core §3.1.2.1',
    code: 'invalid_request',
    says: 'prompt has an unknown value, or none together with another.',
  },
  'max_age.valid': {
    clause: 'OpenID Connect Core §3.1.2.1',
    code: 'invalid_request',
    says: 'max_age is a whole number of seconds.',
  },
  'claims.valid': {
    clause: 'OpenID Connect Core §5.5',
    code: 'invalid_request',
    says: 'claims is a JSON object of at most 4096 characters, with the members id_token and userinfo.',
  },
  'acr.available': {
    clause: 'OpenID Connect Core §5.5.1.1',
    code: 'access_denied',
    says: 'None of the essential acr values is one that this server can give.',
  },
  'user.contradiction': {
    clause: 'OpenID Connect Core §5.5.1',
    code: 'invalid_request',
    says: 'id_token_hint and claims name different users.',
  },
  'id_token_hint.valid': {
    clause: 'OpenID Connect Core §3.1.2.1',
    code: 'invalid_request',
    says: 'id_token_hint is not a live ID token of this server.',
  },
  'request.unsupported': {
    clause: 'RFC 9101 §7',
    code: 'request_not_supported',
    says: 'Request objects are not supported.',
  },
} as const satisfies Readonly<Record<string, Rule>>
