import { KeyObject } from 'node:crypto'
import { generateKeyPair, signerFromKeyPair } from '@keybound/dpop/client'
import type { NextAuthOptions, TokenSet } from 'next-auth'
import type { OAuthConfig } from 'next-auth/providers/oauth'
import { client, sessions } from './keybound.ts'

const { issuer, clientId, clientSecret } = client

/** next-auth 4 stands on openid-client 5, which makes the proof and answers a demand for a nonce once it is handed the key. */
const keybound: OAuthConfig<{ sub: string }> = {
  id: 'keybound',
  name: 'Keybound',
  type: 'oauth',
  wellKnown: `${issuer}/.well-known/openid-configuration`,
  issuer,
  clientId,
  clientSecret,
  client: { id_token_signed_response_alg: 'ES256' },
  authorization: { params: { scope: 'openid profile offline_access' } },
  checks: ['pkce', 'state', 'nonce'],
  idToken: true,
  token: {
    async request({ client, provider, params, checks }) {
      const keyPair = await generateKeyPair('ES256')
      const tokens = await client.callback(provider.callbackUrl, params, checks, {
        DPoP: KeyObject.from(keyPair.privateKey),
      })
      // openid-client 5 takes a Bearer token as well.
      if (tokens.token_type?.toLowerCase() !== 'dpop') throw new Error('The token is not bound to the key')
      const { access_token = '', refresh_token = '' } = tokens
      const sid = crypto.randomUUID()
      const key = await signerFromKeyPair(keyPair, 'ES256')
      sessions.set(sid, { key, accessToken: access_token, refreshToken: refresh_token })
      // Of the tokens next-auth needs the ID token alone.
      return { tokens: { id_token: tokens.id_token, sid } as TokenSet }
    },
  },
  profile: ({ sub }) => ({ id: sub }),
}

export const authOptions: NextAuthOptions = {
  providers: [keybound],
  callbacks: {
    jwt: ({ token, account }) => (account ? { ...token, sid: account.sid } : token),
  },
}
