import { forgeProof, PROOF_DEFECTS, type ProofDefect } from '@keybound/dpop/testing'
import { sendRaw } from '@keybound/e2e/harness/send-raw'
import type { Tried } from './try-resource-server.ts'

export interface Difference {
  /** Accepted there, refused by us. */
  readonly accepts: readonly ProofDefect[]
  /** Refused there, accepted by us. */
  readonly refuses: readonly ProofDefect[]
}

/** Every proof that our forge can make wrong, sent to a resource server that wants no nonces: where does it judge otherwise than ours? */
export async function compareVerdicts(tried: Tried): Promise<Difference> {
  const accepts: ProofDefect[] = []
  const refuses: ProofDefect[] = []
  for (const [defect, ours] of Object.entries(PROOF_DEFECTS) as [ProofDefect, string][]) {
    if (ours === 'nonce.match') continue
    // The second of two requests with the same jti is the replay.
    if (ours === 'jti.unused') await send(tried, defect)
    const accepted = (await send(tried, defect)) === 200
    if (accepted && ours !== 'accepted') accepts.push(defect)
    if (!accepted && ours === 'accepted') refuses.push(defect)
  }
  return { accepts, refuses }
}

async function send({ url, accessToken, key }: Tried, defect: ProofDefect): Promise<number> {
  const forged = await forgeProof(key, { method: 'GET', url, accessToken, now: Date.now() / 1000, defect })
  const { origin, pathname } = new URL(url)
  const answer = await sendRaw(origin, {
    path: pathname,
    headers: [
      ['Authorization', `DPoP ${accessToken}`],
      ...[forged].flat().map((proof): [string, string] => ['DPoP', proof]),
    ],
  })
  return answer.status
}
