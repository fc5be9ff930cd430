import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const oldProof: Attack = {
  number: 7,
  id: 'old-proof',
  title: 'An old proof that was never used',
  story:
    'A request of the victim got lost on the way, and its token and proof came to the thief. Two minutes later the thief sends them.',
  why: 'A proof is good for seconds: iat says when it was made, and the window is narrow.',
  defence: {
    name: 'Keep the window of iat narrow',
    off: { nonces: false, policy: { lifetime: 3600, tolerance: 600 } },
  },
  expected: { withNonce: ['iat.window'], withoutNonce: ['iat.window'] },
  withBearer: 'token',
  code: {
    file: 'packages/dpop/src/proof/time-window.ts',
    line: 'if (iatCounts && !(iat >= earliest && iat <= latest)) {',
  },
  async run({ signIn, victim, thief, world, profileUrl: url }) {
    const { accessToken } = await signIn()
    const headers = withProof(accessToken, await victim.prove({ step: '', url, accessToken }))
    world.advance(120)
    return [await thief.send({ step: 'Send the lost request', url, headers })]
  },
}
