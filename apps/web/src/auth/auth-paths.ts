/** Auth.js's own paths, those of them that are served. */
export const signInPath = '/api/auth/signin/keybound'
export const callbackPath = '/api/auth/callback/keybound'
export const signOutPath = '/api/auth/signout'
export const sessionPath = '/api/auth/session'
export const csrfPath = '/api/auth/csrf'
export const providersPath = '/api/auth/providers'
