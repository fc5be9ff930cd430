import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import type { Env } from '../env.ts'
import { authCookies } from './cookies.ts'

/** Auth.js for its CSRF token alone: it needs no provider, no row and no key, so proxy.ts can ask it before every page. */
export function csrfHandler(env: Env): (request: NextRequest) => Promise<Response> {
  const { handlers } = NextAuth({
    basePath: '/api/auth',
    secret: env.authSecret,
    trustHost: true,
    useSecureCookies: env.webUrl.startsWith('https:'),
    cookies: authCookies(env.webUrl),
    providers: [],
  })
  return handlers.GET
}
