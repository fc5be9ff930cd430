import type { Signer } from '@keybound/dpop/client'
import NextAuth, { customFetch, type NextAuthConfig } from 'next-auth'
import type { Web } from '../dependencies.ts'
import { sessionLimits } from '../session/web-sessions.ts'
import { localPath } from './callback-url.ts'
import { clientId } from './client-key.ts'
import { authCookies } from './cookies.ts'
import { establishSession } from './establish-session.ts'
import { providerFetch } from './provider-fetch.ts'

export const scope = 'openid profile profile:write offline_access'

/** A sign-in at its callback: the pending row's id and the key in it. */
export interface PendingSignIn {
  readonly id: string
  readonly signer: Signer
}

declare module 'next-auth' {
  interface Session {
    /** On the server alone (currentSession): never in an answer to the browser. */
    sessionId?: string
  }
}

export interface AuthConfigOptions {
  /** Only at the callback: without it no token can be asked for. */
  readonly pending?: PendingSignIn
  /** Told what Auth.js would only log. */
  readonly onFault?: (fault: Error) => void
  /** For code on the server that needs the row. */
  readonly withSessionId?: boolean
}

/**
 * Auth.js, made anew for each request: it keeps nothing between requests, and the key of a sign-in must not outlive it.
 *
 * The provider has an issuer and nothing else: an endpoint set by hand would turn discovery off, and with it the check that the
 * answer names its issuer (RFC 9207).
 */
export function authConfig(web: Web, options: AuthConfigOptions = {}): NextAuthConfig {
  const { env } = web
  return {
    basePath: '/api/auth',
    secret: env.authSecret,
    trustHost: true,
    useSecureCookies: env.webUrl.startsWith('https:'),
    cookies: authCookies(env.webUrl),
    session: { strategy: 'jwt', maxAge: sessionLimits.absolute },
    pages: { signIn: '/sign-in', signOut: '/sign-out', error: '/sign-in/error' },
    providers: [
      {
        id: 'keybound',
        name: 'Keybound',
        type: 'oidc',
        issuer: env.issuer,
        clientId,
        client: { token_endpoint_auth_method: 'private_key_jwt' },
        authorization: { params: { scope } },
        token: { clientPrivateKey: { key: web.clientKey.privateKey, kid: web.clientKey.kid } },
        checks: ['pkce', 'state', 'nonce'],
        profile: (claims) => ({ id: claims.sub, name: claims.name ?? null }),
        [customFetch]: providerFetch(web, options.pending?.signer),
      } as NextAuthConfig['providers'][number],
    ],
    callbacks: {
      redirect: ({ url }) => env.webUrl + localPath(url, env.webUrl),
      async jwt({ token, account }) {
        if (account) return establishSession(web, options.pending, account)
        const id = token.sid
        const session = typeof id === 'string' ? await web.sessions.find(id) : undefined
        if (session === undefined) return null
        await web.sessions.touch(session)
        return token
      },
      session({ session, token }) {
        const user = { id: token.sub ?? '', name: token.name ?? null }
        const sid = token.sid
        return {
          expires: session.expires,
          user,
          ...(options.withSessionId && typeof sid === 'string' ? { sessionId: sid } : {}),
        } as unknown as typeof session
      },
    },
    logger: {
      error: (fault) => (options.onFault ?? ((at) => web.log.warn({ err: at }, 'auth')))(fault),
      warn: (code) => web.log.debug({ code }, 'auth'),
      debug: () => {},
    },
  }
}

/** Auth.js for one request. */
export function authFor(web: Web, options: AuthConfigOptions = {}) {
  return NextAuth(authConfig(web, options))
}
