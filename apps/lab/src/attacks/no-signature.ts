import { forgeProof } from '@keybound/dpop/testing'
import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const noSignature: Attack = {
  number: 8,
  id: 'no-signature',
  title: 'No signature, or one that anybody can make',
  story:
    'The thief knows the victim’s public key: it stands in every proof. So the thief writes a proof with alg none, and another with HS256 and the public key as the secret.',
  why: 'The algorithm is compared with a list before anything is verified: no none, nothing symmetric. There is no switch for this one; without signatures there is no proof.',
  expected: { withNonce: ['alg.allowed'], withoutNonce: ['alg.allowed'] },
  withBearer: 'token',
  code: {
    file: 'packages/dpop/src/proof/check-proof.ts',
    line: 'return isProofAlg(header.alg) && policy.algs.includes(header.alg)',
  },
  async run({ signIn, victim, thief, world, profileUrl: url }) {
    const { accessToken } = await signIn()
    const forge = async (defect: 'alg-none' | 'alg-hs256') => {
      const nonce = await world.nonces.api?.issue(world.clock())
      const parts = { method: 'GET', url, accessToken, nonce, now: world.clock(), defect }
      return withProof(accessToken, String(await forgeProof(victim.signer, parts)))
    }
    return [
      await thief.send({ step: 'Leave the signature out', url, headers: await forge('alg-none') }),
      await thief.send({
        step: 'Sign with the public key as secret',
        url,
        headers: await forge('alg-hs256'),
      }),
    ]
  },
}
