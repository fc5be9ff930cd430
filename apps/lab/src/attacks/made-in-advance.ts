import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const madeInAdvance: Attack = {
  number: 6,
  id: 'made-in-advance',
  title: 'Proofs made ahead of time',
  story:
    'For a minute the thief could run a script in the victim’s page and had proofs signed for later: dated two minutes ahead. Now the script is gone, and the proofs are in the thief’s drawer.',
  why: 'Too early, they are refused by their date. Two minutes later the date is right, and only the nonce tells that they were made before: no client knows the server’s next nonce. Without nonces this attack works.',
  defence: {
    name: 'Ask for a nonce, and keep the window narrow',
    off: { nonces: false, policy: { lifetime: 3600, tolerance: 600 } },
  },
  expected: { withNonce: ['iat.window', 'nonce.match'], withoutNonce: 'succeeds' },
  withBearer: 'token',
  code: { file: 'packages/dpop/src/nonce/nonce-match.ts', line: "if (finding.because === 'stale') {" },
  async run({ signIn, victim, thief, world, profileUrl: url }) {
    const { accessToken } = await signIn()
    const iat = world.clock() + 150
    const make = () => victim.prove({ step: '', url, accessToken }, { iat })
    const [early, late] = [withProof(accessToken, await make()), withProof(accessToken, await make())]
    const first = await thief.send({ step: 'Use one at once', url, headers: early })
    world.advance(150)
    return [first, await thief.send({ step: 'Use one at its date', url, headers: late })]
  },
}
