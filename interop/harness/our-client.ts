import { createNonceCache, dpopFetch, generateKey, type NonceCache, type Signer } from '@keybound/dpop'
import { type CodeFlow, codeFlow, type Registration, type SendWithProof } from './code-flow.ts'

export interface OurKeys {
  /** Made anew by default. */
  readonly key?: Signer
  /** The key of the proof at the token endpoint, where it is another than that of the authorization request. */
  readonly otherKey?: Signer
}

export interface OurTokens extends CodeFlow {
  readonly key: Signer
  readonly nonces: NonceCache
  readonly accessToken: string
}

/** The code grant with @keybound/dpop, the code bound to the key by `dpop_jkt` and by the proof of a pushed request. */
export async function obtainWithOurClient(
  registration: Registration,
  signIn: (url: URL) => Promise<URL>,
  keys: OurKeys = {},
): Promise<OurTokens> {
  const key = keys.key ?? (await generateKey('ES256'))
  const nonces = createNonceCache()
  const send: SendWithProof = (url, init) => {
    const redeems = init.body instanceof URLSearchParams && init.body.has('grant_type')
    return dpopFetch(url, { key: (redeems && keys.otherKey) || key, nonces, init })
  }
  const parameters = { dpop_jkt: key.jkt, ...registration.parameters }
  const flow = await codeFlow({ ...registration, parameters }, send, signIn)
  return { ...flow, key, nonces, accessToken: flow.tokens.access_token ?? '' }
}
