import { forgeProof } from '@keybound/dpop/testing'
import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const privateKeyInside: Attack = {
  number: 9,
  id: 'private-key-inside',
  title: 'A private key inside the proof',
  story:
    'A careless client puts its whole key into the header of the proof, the private half too. Whoever reads one request can make proofs from then on.',
  why: 'A server that accepted such a proof would go on trusting a key that is public now. It is refused, so the mistake shows on the first day.',
  expected: { withNonce: ['jwk.public'], withoutNonce: ['jwk.public'] },
  withBearer: 'none',
  code: {
    file: 'packages/dpop/src/key/public-jwk.ts',
    line: "return refused('The jwk holds a private or symmetric member.', {",
  },
  async run({ signIn, victim, world, profileUrl: url }) {
    const { accessToken } = await signIn()
    const nonce = await world.nonces.api?.issue(world.clock())
    const parts = { method: 'GET', url, accessToken, nonce, now: world.clock() }
    const proof = await forgeProof(victim.signer, { ...parts, defect: 'jwk-private' })
    const headers = withProof(accessToken, String(proof))
    return [await victim.send({ step: 'Send a proof with the private key', url, headers })]
  },
}
