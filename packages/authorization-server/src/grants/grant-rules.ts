import type { Rule } from '../rule.ts'

/** What a token request may ask for: grant types, codes, refresh tokens, and no more than was granted. */
export const grantRules = {
  'grant_type.present': {
    clause: 'RFC 6749 §4.1.3',
    code: 'invalid_request',
    says: 'A token request has a grant_type.',
  },
  'grant_type.known': {
    clause: 'RFC 6749 §5.2',
    code: 'unsupported_grant_type',
    says: 'This server does not offer that grant_type.',
  },
  'grant_type.allowed': {
    clause: 'RFC 6749 §5.2',
    code: 'unauthorized_client',
    says: 'The client is not registered for this grant_type.',
  },
  'code.present': { clause: 'RFC 6749 §4.1.3', code: 'invalid_request', says: 'The request has no code.' },
  'code.live': {
    clause: 'RFC 6749 §4.1.2',
    code: 'invalid_grant',
    says: 'The code is unknown, expired or already used.',
  },
  'code.client': {
    clause: 'RFC 6749 §4.1.3',
    code: 'invalid_grant',
    says: 'The code was issued to another client.',
  },
  'redirect_uri.match': {
    clause: 'RFC 6749 §4.1.3',
    code: 'invalid_grant',
    says: 'redirect_uri is not the one of the authorization request.',
  },
  'pkce.match': {
    clause: 'RFC 7636 §4.6',
    code: 'invalid_grant',
    says: 'code_verifier is missing, malformed or not the one behind the code_challenge.',
  },
  'refresh.present': {
    clause: 'RFC 6749 §6',
    code: 'invalid_request',
    says: 'The request has no refresh_token.',
  },
  'refresh.live': {
    clause: 'RFC 6749 §6',
    code: 'invalid_grant',
    says: 'The refresh token is unknown, expired, revoked or replaced.',
  },
  'refresh.client': {
    clause: 'RFC 6749 §6',
    code: 'invalid_grant',
    says: 'The refresh token was issued to another client.',
  },
  'refresh.reused': {
    clause: 'RFC 9700 §4.14.2',
    code: 'invalid_grant',
    says: 'The refresh token was used before, so its whole family has ended.',
  },
  'scope.granted': {
    clause: 'RFC 6749 §6',
    code: 'invalid_scope',
    says: 'More scope is asked for than was granted.',
  },
  'resource.granted': {
    clause: 'RFC 8707 §2.2',
    code: 'invalid_target',
    says: 'A resource is asked for that was not granted.',
  },
} as const satisfies Readonly<Record<string, Rule>>
