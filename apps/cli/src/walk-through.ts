import { createNonceCache, type Signer } from '@keybound/dpop'
import type { Env } from './env.ts'
import type { OwnKeyKind } from './keys/key-kind.ts'
import type { Narrator } from './narrator.ts'
import type { NativeClient } from './native-client.ts'
import { discover } from './steps/discover.ts'
import { openTheKey } from './steps/open-the-key.ts'
import { pushTheRequest } from './steps/push-the-request.ts'
import { readTheProfile } from './steps/read-the-profile.ts'
import { redeemTheCode } from './steps/redeem-the-code.ts'
import { refresh } from './steps/refresh.ts'
import { signIn } from './steps/sign-in.ts'
import { type Theft, tryWhatAThiefWould } from './steps/try-what-a-thief-would.ts'
import { awaitCallback } from './wire/await-callback.ts'
import { tapWire } from './wire/tap-wire.ts'

/**
 * The whole flow once, as the public native client `cli`, with a key of that kind. Throws NotAsExpected at the first thing that is not as it should be.
 * Resolves with what the thief got.
 */
export async function walkThrough(env: Env, kind: OwnKeyKind, narrator: Narrator): Promise<Theft[]> {
  const key = await openTheKey(kind, env, narrator)
  try {
    return await walkWith(key.signer, env, narrator)
  } finally {
    await key.close()
  }
}

async function walkWith(key: Signer, env: Env, narrator: Narrator): Promise<Theft[]> {
  const wire = tapWire(narrator)
  const client: NativeClient = { id: 'cli', key, nonces: createNonceCache(), wire, narrator }
  const profileUrl = `${env.api}/api/profile`

  const server = await discover(env.issuer, wire, narrator)
  const callback = await awaitCallback()
  try {
    const pending = await pushTheRequest(client, server, callback.redirectUri)
    const code = await signIn(client, server, pending, callback, env.password)
    const tokens = await redeemTheCode(client, server, pending, code)
    const exchange = await readTheProfile(client, profileUrl, tokens.accessToken)
    const thefts = await tryWhatAThiefWould(client, exchange, tokens.accessToken)
    await refresh(client, server, profileUrl, tokens)
    return thefts
  } finally {
    callback.close()
  }
}
