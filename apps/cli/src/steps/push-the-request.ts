import { expectObject, expectSame, expectText } from '../expectation.ts'
import { lastOf, type NativeClient, postForm } from '../native-client.ts'
import { randomText, sha256 } from '../random-text.ts'
import type { Server } from './discover.ts'

/** What the client has to remember until the answer comes. */
export interface PendingRequest {
  readonly requestUri: string
  readonly redirectUri: string
  readonly state: string
  readonly idTokenNonce: string
  readonly codeVerifier: string
}

/**
 * The authorization request goes to the server directly instead of through the browser, with a proof that binds the code to the key.
 * @see RFC 9126 · RFC 9449 §8, §10.1
 */
export async function pushTheRequest(
  client: NativeClient,
  server: Server,
  redirectUri: string,
): Promise<PendingRequest> {
  const { narrator, wire } = client
  narrator.step(
    'It pushes the authorization request, with a proof',
    'A proof is a tiny signed note: this method, this URL, now, only once. It shows that the sender has the private key.',
  )
  const pending = { redirectUri, state: randomText(), idTokenNonce: randomText(), codeVerifier: randomText() }
  const usual = wire.onNonceChallenge
  wire.onNonceChallenge = ({ refusal }) => {
    expectSame('The check that asks for a nonce', refusal?.reason, 'nonce.match')
    narrator.step(
      'The server hands out a nonce, and the client tries again',
      'With a value in the proof that only this server can make, nobody can sign proofs today for use tomorrow.',
    )
  }
  const exchanges = await postForm(client, server.pushedAuthorizationRequest, {
    response_type: 'code',
    redirect_uri: redirectUri,
    scope: 'openid profile offline_access',
    state: pending.state,
    nonce: pending.idTokenNonce,
    code_challenge: await sha256(pending.codeVerifier),
    code_challenge_method: 'S256',
  })
  wire.onNonceChallenge = usual
  expectSame(
    'The answers to the pushed request',
    exchanges.map(({ response }) => response.status).join(', '),
    '400, 201',
  )
  const pushed = await expectObject('The answer to the pushed request', lastOf(exchanges).response)
  const requestUri = expectText('The answer to the pushed request', pushed, 'request_uri')
  narrator.fact('request_uri', requestUri)
  narrator.good('Accepted: the code to come is bound to this key already.')
  return { ...pending, requestUri }
}
