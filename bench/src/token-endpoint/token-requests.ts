import { randomUUID } from 'node:crypto'
import { type Key, signJwt } from '../verify/work.ts'
import {
  CLIENT_SECRET,
  CONFIDENTIAL_CLIENT,
  type GrantType,
  PUBLIC_CLIENT,
  REDIRECT_URI,
  TOKEN_ENDPOINT,
  VERIFIER,
} from './token-server.ts'

/** The body of one token request. `value` is the code or the refresh token. */
export function tokenForm(grant: GrantType, value: string): string {
  return new URLSearchParams({ grant_type: grant, ...parametersOf(grant, value) }).toString()
}

function parametersOf(grant: GrantType, value: string): Record<string, string> {
  switch (grant) {
    case 'authorization_code':
      return { client_id: PUBLIC_CLIENT, code: value, redirect_uri: REDIRECT_URI, code_verifier: VERIFIER }
    case 'refresh_token':
      return { client_id: PUBLIC_CLIENT, refresh_token: value }
    case 'client_credentials':
      return { client_id: CONFIDENTIAL_CLIENT, client_secret: CLIENT_SECRET, scope: 'profile' }
  }
}

/** The headers of one token request, with a proof that nobody has seen yet. */
export function tokenHeaders(key: Key): Record<string, string> {
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk }
  const payload = {
    jti: randomUUID(),
    htm: 'POST',
    htu: TOKEN_ENDPOINT,
    iat: Math.floor(Date.now() / 1000),
  }
  return {
    host: new URL(TOKEN_ENDPOINT).host,
    'content-type': 'application/x-www-form-urlencoded',
    dpop: signJwt(header, payload, key.privateKey),
  }
}
