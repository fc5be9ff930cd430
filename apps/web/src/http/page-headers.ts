/** How proxy.ts tells a page what it made for it. It overwrites whatever a client sent under these names. */
export const pageHeaders = {
  nonce: 'x-keybound-nonce',
  csrf: 'x-keybound-csrf',
  path: 'x-keybound-path',
} as const
