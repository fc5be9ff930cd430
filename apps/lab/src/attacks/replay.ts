import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const replay: Attack = {
  number: 3,
  id: 'replay',
  title: 'The same request once more',
  story:
    'The thief has recorded a whole request of the victim: token, proof and all. It was good a moment ago, so the thief sends it again.',
  why: 'Every proof has a jti, and the server remembers each one until the proof could no longer be accepted. The second use is refused.',
  defence: { name: 'Remember used proofs', off: { ledger: 'none' } },
  expected: { withNonce: ['jti.unused'], withoutNonce: ['jti.unused'] },
  withBearer: 'token',
  code: { file: 'packages/dpop/src/replay/ledger.ts', line: "throw refusal('jti.unused'" },
  async run({ signIn, victim, thief, profileUrl: url }) {
    const { accessToken } = await signIn()
    const headers = withProof(accessToken, await victim.prove({ step: '', url, accessToken }))
    await victim.send({ step: 'Read the profile', url, headers })
    return [await thief.send({ step: 'Send the recorded request again', url, headers })]
  },
}
