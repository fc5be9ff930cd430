import { createProof, generateKey, type ProofRequest, type Signer } from '@keybound/dpop'
import { parseChallenges } from '@keybound/oauth'

/** A token of ours, and the protected resource of somebody else that is to judge it. */
export interface Tried {
  readonly url: string
  readonly accessToken: string
  readonly key: Signer
}

/** What a resource server that wants no nonces answers, case by case: "status error". */
export async function tryResourceServer({ url, accessToken, key }: Tried): Promise<Record<string, string>> {
  const make = (by: Signer, changes: Partial<ProofRequest> = {}) =>
    createProof(by, { method: 'GET', url, accessToken, now: Date.now() / 1000, ...changes })
  const send = async (proof: string) => summary(await fetch(url, dpop(accessToken, proof)))
  const proof = await make(key)
  return {
    'our token and proof accepted': await send(proof),
    'replay refused': await send(proof),
    'Bearer refused': summary(await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } })),
    'wrong key refused': await send(await make(await generateKey('ES256'))),
    'other method refused': await send(await make(key, { method: 'POST' })),
    'other URL refused': await send(await make(key, { url: `${url}/other` })),
    'old proof refused': await send(await make(key, { now: Date.now() / 1000 - 3600 })),
    'proof for another token refused': await send(await make(key, { accessToken: `${accessToken}.other` })),
  }
}

export function dpop(accessToken: string, proof: string) {
  return { headers: { authorization: `DPoP ${accessToken}`, dpop: proof } }
}

/** The status, and the first error that a challenge names. */
export function summary({ status, headers }: Pick<Response, 'status' | 'headers'>): string {
  const challenges = parseChallenges(headers.get('www-authenticate') ?? '')
  const error = challenges.find(({ params }) => params.error)?.params.error
  return error ? `${status} ${error}` : String(status)
}
