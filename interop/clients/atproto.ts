import { createRequire } from 'node:module'
import { join } from 'node:path'
import { JoseKey } from '@atproto/jwk-jose'

interface NonceStore {
  get(origin: string): string | undefined
  set(origin: string, nonce: string): void
}

/** The one function of @atproto/oauth-client that is used; its index does not export it. */
interface FetchDpop {
  dpopFetchWrapper(options: {
    key: JoseKey
    supportedAlgs: string[]
    nonces: NonceStore
  }): (url: string, init: RequestInit) => Promise<Response>
}

/** Bluesky's client: its fetch makes the proofs, hashes the token that it finds in the request, keeps the nonces and retries. */
export async function atproto() {
  const require = createRequire(import.meta.url)
  const { dpopFetchWrapper } = require(
    join(require.resolve('@atproto/oauth-client'), '../fetch-dpop.js'),
  ) as FetchDpop
  const key = await JoseKey.generate(['ES256'], 'interop')
  const fetchWithProof = dpopFetchWrapper({ key, supportedAlgs: ['ES256'], nonces: new Map() })

  return (url: string, init: RequestInit, accessToken?: string) => {
    const authorization = accessToken === undefined ? {} : { authorization: `DPoP ${accessToken}` }
    return fetchWithProof(url, {
      ...init,
      headers: { ...(init.headers as Record<string, string>), ...authorization },
    })
  }
}
