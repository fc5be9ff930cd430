import { createProof, defaultProofPolicy, explainProof, type Signer } from '@keybound/dpop'

/** What a server says of a proof by this key: `accepted`, if the key does what a signer has to do. */
export async function provesWith(signer: Signer): Promise<string> {
  const request = { method: 'GET', url: 'https://api.example/api/profile' }
  const now = 1_800_000_000
  const proofJwt = await createProof(signer, { ...request, now })
  const verdict = await explainProof(proofJwt, { ...request, now, policy: defaultProofPolicy })
  return verdict.outcome
}
