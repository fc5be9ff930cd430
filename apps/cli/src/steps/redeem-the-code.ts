import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { expectObject, expectSame, expectText, isObject } from '../expectation.ts'
import { short } from '../narrator.ts'
import { lastOf, type NativeClient, postForm } from '../native-client.ts'
import type { Exchange } from '../wire/tap-wire.ts'
import type { Server } from './discover.ts'
import type { PendingRequest } from './push-the-request.ts'

export interface Tokens {
  readonly accessToken: string
  readonly refreshToken: string
}

export async function redeemTheCode(
  client: NativeClient,
  server: Server,
  pending: PendingRequest,
  code: string,
): Promise<Tokens> {
  const { narrator, wire } = client
  narrator.step(
    'It exchanges the code for tokens',
    'The proof goes along again, and the server writes the thumbprint of that key into the access token.',
  )
  const exchange = lastOf(
    await postForm(client, server.token, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: pending.redirectUri,
      code_verifier: pending.codeVerifier,
    }),
  )
  const { tokens, body } = await readTokens(client, exchange)
  const idToken = expectText('The token response', body, 'id_token')
  const jwks = await expectObject('The key set', await wire.fetch(server.jwks))
  const keys = createLocalJWKSet(jwks as unknown as JSONWebKeySet)
  const { payload } = await jwtVerify(idToken, keys, { issuer: server.issuer, audience: client.id })
  expectSame('nonce in the ID token', payload.nonce, pending.idTokenNonce)
  narrator.good(
    `The ID token is signed by the server and meant for this client: it was ${payload.name ?? payload.sub} who signed in.`,
  )
  return tokens
}

/** A successful answer of the token endpoint: token_type DPoP, and the access token names this client's key. */
export async function readTokens(
  client: NativeClient,
  { response }: Exchange,
): Promise<{ tokens: Tokens; body: Record<string, unknown> }> {
  const { narrator, key } = client
  expectSame('The status of the token response', response.status, 200)
  const body = await expectObject('The token response', response)
  expectSame('token_type', body.token_type, 'DPoP')
  const accessToken = expectText('The token response', body, 'access_token')
  const refreshToken = expectText('The token response', body, 'refresh_token')
  const { cnf, scope, aud } = decodeJwt(accessToken)
  expectSame('cnf.jkt in the access token', isObject(cnf) ? cnf.jkt : undefined, key.jkt)
  narrator.fact('token_type', `DPoP, for ${String(body.expires_in)} s`)
  narrator.fact(
    'access token',
    `${short(accessToken)}  scope ${String(scope)}  for ${[aud].flat().join(' and ')}`,
  )
  narrator.fact('cnf.jkt', key.jkt)
  narrator.good('The access token names the key: it works only together with it.')
  return { tokens: { accessToken, refreshToken }, body }
}
