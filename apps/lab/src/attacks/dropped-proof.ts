import type { Attack } from './attack.ts'

export const droppedProof: Attack = {
  number: 14,
  id: 'dropped-proof',
  title: 'The proof dropped at the token endpoint',
  story:
    'The thief has code and verifier, and leaves the proof out. A server that binds tokens only when it happens to see a proof would give a bearer token.',
  why: 'The client is registered with dpop_bound_access_tokens, and the code is bound to a key: without a proof there is no token.',
  defence: { name: 'Require the proof', off: { forgets: ['requirement', 'code key'] } },
  expected: { withNonce: ['client.requires'], withoutNonce: ['client.requires'] },
  withBearer: 'none',
  code: { file: 'packages/authorization-server/src/proof-for.ts', line: "throw refused('client.requires')" },
  async run({ authorize, codeForm, thief, tokenUrl: url }) {
    const { code, verifier } = await authorize()
    const form = codeForm(code, verifier)
    return [await thief.send({ step: 'Redeem the code without a proof', method: 'POST', url, form })]
  },
}
