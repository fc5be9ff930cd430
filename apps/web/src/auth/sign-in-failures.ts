/** Why a sign-in came to nothing: what the error page explains and the log names. */
export const signInFailures = {
  'response.denied': {
    title: 'You cancelled',
    says: 'Nothing was shared, and you are not signed in.',
    next: 'Sign in again whenever you like.',
  },
  'response.state': {
    title: 'This answer belongs to another sign-in',
    says: 'It was opened twice, is older than fifteen minutes, or a second tab began to sign in meanwhile. Nothing was accepted.',
    next: 'If you are signed in already, simply go on. Otherwise start again, in one tab.',
  },
  'response.refused': {
    title: 'The authorization server refused',
    says: 'It answered the sign-in with an error, so no code and no token was issued.',
    next: 'Start again. If that does not help, its log knows more.',
  },
  'issuer.reachable': {
    title: 'The authorization server does not answer',
    says: 'Nothing was sent that would have to be undone.',
    next: 'Is it running? Then try again.',
  },
  'issuer.match': {
    title: 'This is not the authorization server that was expected',
    says: 'Its metadata or its answer speaks for another issuer. This is how a mix-up attack would look, so nothing was accepted.',
    next: 'Check ISSUER_URL here and on the authorization server: both must name the same URL.',
  },
  'issuer.offers': {
    title: 'The authorization server lacks something',
    says: 'It does not offer what this client needs, such as pushed authorization requests.',
    next: 'Check its metadata.',
  },
  'par.accepted': {
    title: 'The request was not accepted',
    says: 'The authorization server refused the pushed authorization request.',
    next: 'Start again. If that does not help, its log says why.',
  },
  'token.issued': {
    title: 'The code could not be redeemed',
    says: 'The authorization server gave no token for it. A code lives for a minute and works once.',
    next: 'Start again.',
  },
  'token.bound': {
    title: 'The token is not bound to our key',
    says: 'The authorization server gave a bearer token although a proof was sent. It was thrown away.',
    next: 'Check that the server supports DPoP for this client.',
  },
  'id_token.valid': {
    title: 'The ID token is not genuine',
    says: 'Its signature, issuer, audience, nonce or times are not what they have to be. Nobody was signed in.',
    next: 'Start again. If it happens twice, tell the operator.',
  },
  'session.known': {
    title: 'This sign-in is not known here',
    says: 'It was finished before, took longer than fifteen minutes, or began in another browser.',
    next: 'If you are signed in already, simply go on. Otherwise start again.',
  },
  'store.available': {
    title: 'Sign-in is not possible at the moment',
    says: 'The place where sessions are kept does not answer.',
    next: 'Try again in a moment.',
  },
  unknown: {
    title: 'The sign-in did not work',
    says: 'Something broke here. Nobody was signed in.',
    next: 'Start again. If it happens twice, tell the operator the number below.',
  },
} as const

export type SignInFailureReason = keyof typeof signInFailures

export function isSignInFailureReason(text: unknown): text is SignInFailureReason {
  return typeof text === 'string' && Object.hasOwn(signInFailures, text)
}
