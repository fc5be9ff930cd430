import { createNonceCache, dpopFetch, generateKey } from '@keybound/dpop'
import type { Platform } from '@keybound/e2e/harness/platform'
import { readRefusal } from '@keybound/e2e/harness/read-refusal'
import { type RawAnswer, sendRaw } from '@keybound/e2e/harness/send-raw'
import { isProfile } from './evidence.ts'
import type { Exchange } from './tap.ts'

/** What a thief gets who saw the last request for the profile: "status error reason" of each try. Throws Error where there was no such request. */
export async function stealFrom({ api, profileUrl }: Platform, seen: readonly Exchange[]) {
  const loot = seen.findLast(isProfile)?.requestHeaders
  const authorization = loot?.authorization?.[0] ?? ''
  const proof = loot?.dpop?.[0]
  if (!proof) throw new Error('Nothing to steal: no request for the profile has succeeded')
  const accessToken = authorization.replace(/^DPoP /i, '')

  const replay = await sendRaw(api, {
    path: '/api/profile',
    headers: [
      ['Authorization', authorization],
      ['DPoP', proof],
    ],
  })
  const bearer = await sendRaw(api, {
    path: '/api/profile',
    headers: [['Authorization', `Bearer ${accessToken}`]],
  })
  const otherKey = await dpopFetch(profileUrl, {
    key: await generateKey('ES256'),
    nonces: createNonceCache(),
    accessToken,
  })
  const { status, headers } = otherKey
  return {
    'replay refused': summary(replay),
    'wrong key refused': summary({ status, headers, text: await otherKey.text() }),
    'Bearer refused': summary(bearer),
  }
}

function summary(answer: RawAnswer): string {
  const { status, error, reason } = readRefusal(answer)
  return `${status} ${error} ${reason}`
}
