/**
 * The policy of a page. Its origins are known at run time only, so it is made per request.
 *
 * `form-action` names the issuer because Chromium checks every hop of the redirects that follow a form post: sign-in and sign-out
 * are posts here that end there. `connect-src` names issuer and API for the playground, a public client in the page, and the attack lab.
 */
export function pagePolicy(at: {
  nonce: string
  issuer: string
  apiUrl: string
  labUrl: string | undefined
  development: boolean
}): string {
  const dev = at.development
  const issuer = new URL(at.issuer).origin
  const api = new URL(at.apiUrl).origin
  const lab = at.labUrl === undefined ? '' : ` ${new URL(at.labUrl).origin}`
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${at.nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${at.nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self' ${issuer} ${api}${lab}${dev ? ' ws: wss:' : ''}`,
    `form-action 'self' ${issuer}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ')
}

/**
 * The policy of a page that promises that nothing leaves it: no connection, no form, and script only from here, without strict-dynamic, under
 * which a script could load another one from anywhere.
 */
export function closedPagePolicy(at: { nonce: string; development: boolean }): string {
  const dev = at.development
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${at.nonce}'${dev ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${dev ? "'unsafe-inline'" : `'nonce-${at.nonce}'`}`,
    "img-src 'self'",
    `connect-src ${dev ? "'self' ws: wss:" : "'none'"}`,
    "form-action 'none'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** The policy of everything that is not a page. */
export const dataPolicy = "default-src 'none'; frame-ancestors 'none'"
