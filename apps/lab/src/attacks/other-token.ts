import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const otherToken: Attack = {
  number: 5,
  id: 'other-token',
  title: 'A proof used with another token',
  story:
    'The victim has two tokens under one key. The thief holds a copy of the mightier one, and has caught a proof that was made for the other.',
  why: 'At a resource a proof carries the hash of the token that it goes with (ath). Another token has another hash.',
  defence: { name: 'Compare ath with the token', off: { checksOff: ['ath.match'] } },
  expected: { withNonce: ['ath.match'], withoutNonce: ['ath.match'] },
  withBearer: 'token',
  code: { file: 'packages/dpop/src/proof/token-hash-match.ts', line: 'if (ath === expected) return PASS' },
  async run({ signIn, victim, thief, profileUrl: url }) {
    const { accessToken } = await signIn()
    const { accessToken: mightier } = await signIn()
    const proof = await victim.prove({ step: '', url, accessToken })
    const headers = withProof(mightier, proof)
    return [await thief.send({ step: 'Pair the proof with the other token', url, headers })]
  },
}
