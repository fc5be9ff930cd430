import { expectObject, expectSame } from '../expectation.ts'
import { getWithProof, type NativeClient } from '../native-client.ts'
import type { Exchange } from '../wire/tap-wire.ts'

/** Resolves with the exchange that succeeded: the thief will copy it. */
export async function readTheProfile(
  client: NativeClient,
  profileUrl: string,
  accessToken: string,
): Promise<Exchange> {
  const { narrator } = client
  narrator.step(
    'It reads the profile from the API',
    'Now the proof also holds a hash of the access token (ath): this key, this token, this request.',
  )
  const exchange = await getWithProof(client, profileUrl, accessToken)
  await showProfile(client, exchange)
  return exchange
}

export async function showProfile({ narrator }: NativeClient, { response }: Exchange): Promise<void> {
  expectSame('The status of the profile', response.status, 200)
  const profile = await expectObject('The profile', response.clone())
  narrator.fact('profile', `${String(profile.name)} <${String(profile.email)}>`, `sub ${String(profile.sub)}`)
  narrator.good('The owner of the key gets in.')
}
