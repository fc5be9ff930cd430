import { dpopFetch, generateKey, type Signer } from '@keybound/dpop/client'
import NextAuth, { customFetch, type NextAuthConfig } from 'next-auth'
import { client, nonces, sessions } from './keybound.ts'

/**
 * Auth.js asks for its configuration with every request, so that a key made here belongs to one sign-in: the token request is
 * proved with it, and the session that begins keeps it.
 */
export const { auth, handlers } = NextAuth((): NextAuthConfig => {
  let made: Promise<Signer> | undefined
  const key = () => {
    made ??= generateKey('ES256')
    return made
  }

  return {
    trustHost: true,
    providers: [
      {
        id: 'keybound',
        name: 'Keybound',
        type: 'oidc',
        ...client,
        authorization: { params: { scope: 'openid profile offline_access' } },
        checks: ['pkce', 'state', 'nonce'],
        // Discovery is a GET and needs no proof.
        [customFetch]: async (input: RequestInfo | URL, init?: RequestInit) =>
          init?.method === 'POST'
            ? dpopFetch(new Request(input, init), { key: await key(), nonces })
            : fetch(input, init),
      } as NextAuthConfig['providers'][number],
    ],
    callbacks: {
      async jwt({ token, account }) {
        if (!account) return token
        // Auth.js takes a Bearer token as well.
        if (account.token_type?.toLowerCase() !== 'dpop') throw new Error('The token is not bound to the key')
        const sid = crypto.randomUUID()
        const { access_token = '', refresh_token = '' } = account
        sessions.set(sid, { key: await key(), accessToken: access_token, refreshToken: refresh_token })
        return { ...token, sid }
      },
    },
  }
})
