import type { NextAuthConfig } from 'next-auth'

/**
 * Cookies ignore ports, so each app on a host has names of its own. On https they carry the `__Host-` prefix and Secure.
 * No name begins with another's, since Auth.js joins every cookie that begins with the session's name as its chunks.
 */
export function cookieNames(webUrl: string) {
  const prefix = isSecure(webUrl) ? '__Host-' : ''
  return {
    session: `${prefix}keybound-web.session`,
    signIn: `${prefix}keybound-web.sign-in`,
    callbackUrl: `${prefix}keybound-web.callback-url`,
    csrf: `${prefix}keybound-web.csrf`,
    pkce: `${prefix}keybound-web.pkce`,
    state: `${prefix}keybound-web.state`,
    nonce: `${prefix}keybound-web.nonce`,
  }
}

export function isSecure(webUrl: string): boolean {
  return webUrl.startsWith('https:')
}

/** The same for Auth.js. Lax, not Strict: the callback comes from the authorization server's site. */
export function authCookies(webUrl: string): NonNullable<NextAuthConfig['cookies']> {
  const names = cookieNames(webUrl)
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: isSecure(webUrl) } as const
  return {
    sessionToken: { name: names.session, options },
    callbackUrl: { name: names.callbackUrl, options },
    csrfToken: { name: names.csrf, options },
    pkceCodeVerifier: { name: names.pkce, options: { ...options, maxAge: 900 } },
    state: { name: names.state, options: { ...options, maxAge: 900 } },
    nonce: { name: names.nonce, options: { ...options, maxAge: 900 } },
  }
}

/** A Set-Cookie of our own; an empty value with `maxAge` 0 removes it. `maxAge` in seconds. */
export function setCookie(webUrl: string, name: string, value: string, maxAge: number): string {
  const secure = isSecure(webUrl) ? '; Secure' : ''
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`
}

/** The value of one cookie; undefined where it is missing or there twice, which no browser of ours sends. */
export function readCookie(headers: Headers, name: string): string | undefined {
  const values = (headers.get('cookie') ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 ? values[0] : undefined
}
