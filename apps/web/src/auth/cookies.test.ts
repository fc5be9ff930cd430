import { describe, expect, it } from 'vitest'
import { authCookies, cookieNames, readCookie, setCookie } from './cookies.ts'

const https = 'https://web.example'
const http = 'http://localhost:3000'

describe('the cookies', () => {
  it('are __Host-, Secure, HttpOnly, Lax, for the whole path and no domain on https (OPS-09, BROWSER-02)', () => {
    for (const cookie of Object.values(authCookies(https))) {
      expect(cookie?.name).toMatch(/^__Host-keybound-web\./)
      expect(cookie?.options).toMatchObject({ secure: true, httpOnly: true, sameSite: 'lax', path: '/' })
      expect(cookie?.options).not.toHaveProperty('domain')
    }
    const line = setCookie(https, cookieNames(https).signIn, 'ws_x', 900)
    expect(line).toBe('__Host-keybound-web.sign-in=ws_x; Path=/; HttpOnly; SameSite=Lax; Max-Age=900; Secure')
  })

  it('have neither prefix nor Secure on http, where a browser would drop them (OPS-09)', () => {
    for (const cookie of Object.values(authCookies(http))) {
      expect(cookie?.name).not.toContain('__')
      expect(cookie?.options?.secure).toBe(false)
    }
  })

  it('have names of which none begins another: Auth.js joins those as chunks', () => {
    const names = Object.values(cookieNames(http))
    for (const one of names) expect(names.filter((name) => name.startsWith(one))).toEqual([one])
  })

  it('are read once or not at all', () => {
    const headers = (cookie: string) => new Headers({ cookie })
    expect(readCookie(headers('a=1; b=2'), 'b')).toBe('2')
    expect(readCookie(headers('a=1; a=2'), 'a')).toBeUndefined()
    expect(readCookie(headers('ab=1'), 'a')).toBeUndefined()
    expect(readCookie(new Headers(), 'a')).toBeUndefined()
  })
})
