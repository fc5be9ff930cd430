import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const twoProofs: Attack = {
  number: 11,
  id: 'two-proofs',
  title: 'Two DPoP headers',
  story:
    'A gateway checks the last DPoP line, the API behind it reads the first. The thief sends both: a caught proof for the API, and one of the thief’s own for the gateway.',
  why: 'Two readers of one request must not see two proofs. More than one field is refused, whatever stands in them. A browser cannot send this; the lab’s server does.',
  defence: { name: 'Refuse a second DPoP line', off: { firstLineWins: true } },
  expected: { withNonce: ['header.single'], withoutNonce: ['header.single'] },
  withBearer: 'token',
  code: { file: 'packages/dpop/src/proof/read-proof.ts', line: "if (text.includes(',')) {" },
  async run({ signIn, victim, thief, profileUrl: url }) {
    const { accessToken } = await signIn()
    const request = { step: 'Send two proofs', url, accessToken }
    const headers = withProof(accessToken, await victim.prove(request), await thief.prove(request))
    return [await thief.send({ step: request.step, url, headers })]
  },
}
