import { NotAsExpected } from '../expectation.ts'
import { getWithProof, lastOf, type NativeClient, postForm } from '../native-client.ts'
import type { Server } from './discover.ts'
import { showProfile } from './read-the-profile.ts'
import { readTokens, type Tokens } from './redeem-the-code.ts'

export async function refresh(
  client: NativeClient,
  server: Server,
  profileUrl: string,
  tokens: Tokens,
): Promise<void> {
  client.narrator.step(
    'It refreshes, with the same key',
    'Access tokens live five minutes. The refresh token of a public client is bound to the key too, and each one works once.',
  )
  const exchange = lastOf(
    await postForm(client, server.token, { grant_type: 'refresh_token', refresh_token: tokens.refreshToken }),
  )
  const { tokens: fresh } = await readTokens(client, exchange)
  if (fresh.refreshToken === tokens.refreshToken)
    throw new NotAsExpected('The refresh token should be a new one, but is the old one')
  await showProfile(client, await getWithProof(client, profileUrl, fresh.accessToken))
}
