import { generateKey } from '@keybound/dpop'
import { expectSame } from '../expectation.ts'
import { getWithProof, lastOf, type NativeClient } from '../native-client.ts'
import type { Exchange } from '../wire/tap-wire.ts'

/** What a thief had, and which check stopped it. */
export interface Theft {
  readonly had: string
  readonly status: number
  readonly check: string
}

/** Three times the same stolen access token, and what else the thief could lay hands on. @see RFC 9449 §2 */
export async function tryWhatAThiefWould(
  client: NativeClient,
  stolen: Exchange,
  accessToken: string,
): Promise<Theft[]> {
  return [
    await sameProofAgain(client, stolen),
    await asBearer(client, stolen.request.url, accessToken),
    await withAnotherKey(client, stolen.request.url, accessToken),
  ]
}

async function sameProofAgain(client: NativeClient, { request }: Exchange): Promise<Theft> {
  client.narrator.step(
    'A thief sends the very same request again',
    'Say someone copied the whole request, token and proof. But each proof counts once.',
  )
  client.wire.take()
  await client.wire.fetch(request.clone())
  return refused(
    client,
    lastOf(client.wire.take()),
    'the token and its proof',
    'invalid_dpop_proof',
    'jti.unused',
  )
}

async function asBearer(client: NativeClient, url: string, accessToken: string): Promise<Theft> {
  client.narrator.step(
    'A thief uses the token the old way, as Bearer',
    'Without DPoP this would work: that is the whole trouble with bearer tokens.',
  )
  client.wire.take()
  await client.wire.fetch(new Request(url, { headers: { authorization: `Bearer ${accessToken}` } }))
  return refused(client, lastOf(client.wire.take()), 'the token alone', 'invalid_token', 'scheme.match')
}

async function withAnotherKey(client: NativeClient, url: string, accessToken: string): Promise<Theft> {
  client.narrator.step(
    'A thief makes a key and signs proofs for the stolen token',
    'A flawless proof, only by a key that is not the one in the token.',
  )
  const theirs = await generateKey('ES256')
  client.narrator.fact('thief’s key', theirs.jkt)
  const exchange = await getWithProof(client, url, accessToken, theirs)
  return refused(client, exchange, 'the token and a key of its own', 'invalid_token', 'jkt.match')
}

function refused(
  { narrator }: NativeClient,
  { response, refusal }: Exchange,
  had: string,
  error: string,
  check: string,
): Theft {
  expectSame(`The status for a thief with ${had}`, response.status, 401)
  expectSame(`The error for a thief with ${had}`, refusal?.error, error)
  expectSame(`The check that stops a thief with ${had}`, refusal?.reason, check)
  narrator.good(`Refused, as it should be, by ${check}.`)
  return { had, status: response.status, check }
}
