import type { Rule } from '../rule.ts'

/** Between /authorize and the code: one browser, one user, one answer. */
export const transactionRules = {
  'login.required': {
    clause: 'OpenID Connect Core §3.1.2.6',
    code: 'login_required',
    says: 'The user has to sign in.',
  },
  'consent.required': {
    clause: 'OpenID Connect Core §3.1.2.6',
    code: 'consent_required',
    says: 'The user has to be asked.',
  },
  'user.expected': {
    clause: 'OpenID Connect Core §3.1.2.2',
    code: 'login_required',
    says: 'Another user is signed in than id_token_hint names.',
  },
  'user.agreed': { clause: 'RFC 6749 §4.1.2.1', code: 'access_denied', says: 'The user said no.' },
  'transaction.live': {
    clause: 'RFC 6749 §4.1.1',
    code: 'invalid_request',
    says: 'This sign-in is finished or has expired; start again at the app.',
  },
  'transaction.browser': {
    clause: 'RFC 9700 §4.7',
    code: 'invalid_request',
    says: 'This sign-in was begun in another browser.',
  },
  'transaction.user': {
    clause: 'RFC 6749 §10.12',
    code: 'invalid_request',
    says: 'Another user was asked than is signed in now.',
  },
  'transaction.step': {
    clause: 'OpenID Connect Core §3.1.2.3',
    code: 'invalid_request',
    says: 'The user has to sign in before agreeing.',
  },
} as const satisfies Readonly<Record<string, Rule>>
