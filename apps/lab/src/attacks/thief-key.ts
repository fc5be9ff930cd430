import type { Attack } from './attack.ts'

export const thiefKey: Attack = {
  number: 2,
  id: 'thief-key',
  title: 'A stolen token with the thief’s own key',
  story:
    'The thief has a victim’s access token and knows how DPoP works. A proof is easily made: with a key of the thief’s own.',
  why: 'The proof is sound, but its key is not the one that the token is bound to. The thumbprint in the token decides.',
  defence: { name: 'Compare the key of the proof with cnf.jkt', off: { checksOff: ['jkt.match'] } },
  expected: { withNonce: ['jkt.match'], withoutNonce: ['jkt.match'] },
  withBearer: 'token',
  code: {
    file: 'packages/dpop/src/binding/check-binding.ts',
    line: "if (proof.jkt !== bound && checks?.has('jkt.match') !== false)",
  },
  async run({ signIn, thief, profileUrl: url }) {
    const { accessToken } = await signIn()
    return [await thief.sendProved({ step: 'Prove with another key', url, accessToken })]
  },
}
