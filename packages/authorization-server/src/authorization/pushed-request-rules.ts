import type { Rule } from '../rule.ts'

/** Pushed requests and their request_uri. */
export const pushedRequestRules = {
  'par.required': {
    clause: 'RFC 9126 §4',
    code: 'invalid_request',
    says: 'The request has to be pushed first.',
  },
  'par.nested': {
    clause: 'RFC 9126 §2.1',
    code: 'invalid_request',
    says: 'A pushed request has no request_uri.',
  },
  'request.rate': {
    clause: 'RFC 9126 §2.3',
    code: 'temporarily_unavailable',
    says: 'Too many pushed requests of this client are waiting.',
  },
  'request_uri.known': {
    clause: 'RFC 9126 §4',
    code: 'invalid_request_uri',
    says: 'This server issued no such request_uri to this client.',
  },
  'request_uri.live': {
    clause: 'RFC 9126 §4',
    code: 'invalid_request_uri',
    says: 'The request_uri has expired.',
  },
  'request_uri.unspent': {
    clause: 'RFC 9126 §4',
    code: 'invalid_request_uri',
    says: 'The request_uri was used before.',
  },
} as const satisfies Readonly<Record<string, Rule>>
