/**
 * Whether a post comes from a page of this origin. Browsers say so in Origin; `null`, another origin or a foreign Sec-Fetch-Site is
 * refused. A client that sends neither is no browser, and a browser is what could be abused: it still needs the CSRF token.
 */
export function isSameOrigin(headers: Headers, webUrl: string): boolean {
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin') return false
  const origin = headers.get('origin')
  return origin === null || origin === webUrl
}
