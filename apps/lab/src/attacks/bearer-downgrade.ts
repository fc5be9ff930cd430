import type { Attack } from './attack.ts'

export const bearerDowngrade: Attack = {
  number: 1,
  id: 'bearer-downgrade',
  title: 'A stolen token, sent as Bearer',
  story:
    'The thief has found a victim’s access token in a log. The proof is missing, so the thief sends the token under the old scheme and hopes that the API takes it.',
  why: 'The token names a key in cnf.jkt. A server that honours this takes it under the DPoP scheme alone, with a proof of that key.',
  defence: { name: 'Refuse bound tokens under the Bearer scheme', off: { checksOff: ['scheme.match'] } },
  expected: { withNonce: ['scheme.match'], withoutNonce: ['scheme.match'] },
  withBearer: 'same',
  code: {
    file: 'packages/dpop/src/binding/check-binding.ts',
    line: "if (bound === undefined || checks?.has('scheme.match') === false) return undefined",
  },
  async run({ signIn, thief, profileUrl: url }) {
    const { accessToken } = await signIn()
    const headers = [['Authorization', `Bearer ${accessToken}`]] as const
    return [await thief.send({ step: 'Send the stolen token as Bearer', url, headers })]
  },
}
