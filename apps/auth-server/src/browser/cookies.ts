/** The two cookies of this origin. Cookies ignore ports, so each app has names of its own. */
export type CookieName = 'session' | 'browser'

/** Reads, sets and clears the cookies of one public URL. */
export interface Cookies {
  /** Absent, malformed or sent twice (another host of the domain may have planted one): undefined. */
  read(headers: Headers, name: CookieName): string | undefined
  /** A Set-Cookie value. `maxAge` in seconds; without it the cookie ends with the browser session. */
  set(name: CookieName, value: string, maxAge?: number): string
  clear(name: CookieName): string
}

/** `__Host-` and Secure exactly when the public URL is https: on http a browser would drop such a cookie. */
export function cookiesFor(issuer: string): Cookies {
  const https = issuer.startsWith('https:')
  const nameOf = (name: CookieName) => `${https ? '__Host-' : ''}keybound-auth-${name}`
  const attributes = `; Path=/; HttpOnly; SameSite=Lax${https ? '; Secure' : ''}`
  return {
    read: (headers, name) => readCookie(headers.get('cookie') ?? '', nameOf(name)),
    set: (name, value, maxAge) =>
      `${nameOf(name)}=${value}${attributes}${maxAge === undefined ? '' : `; Max-Age=${maxAge}`}`,
    clear: (name) => `${nameOf(name)}=${attributes}; Max-Age=0`,
  }
}

function readCookie(header: string, name: string): string | undefined {
  const values = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  const [value] = values
  return values.length === 1 && value && /^[\w-]{20,100}$/.test(value) ? value : undefined
}
