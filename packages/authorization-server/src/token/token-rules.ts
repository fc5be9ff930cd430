import type { Rule } from '../rule.ts'

/** Asking about a token, or ending it. */
export const tokenRules = {
  'token.present': { clause: 'RFC 7662 §2.1', code: 'invalid_request', says: 'The request has no token.' },
} as const satisfies Readonly<Record<string, Rule>>
