import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const otherRequest: Attack = {
  number: 4,
  id: 'other-request',
  title: 'A proof used for another request',
  story:
    'The thief has caught two requests before they reached the API: harmless reads. Their proofs are unspent, and the thief wants to do something else with them.',
  why: 'A proof names the method and the URL that it was made for (htm, htu). At another endpoint, or with another method, it is worth nothing.',
  defence: { name: 'Compare htm and htu with the request', off: { checksOff: ['htm.match', 'htu.match'] } },
  expected: { withNonce: ['htu.match', 'htm.match'], withoutNonce: ['htu.match', 'htm.match'] },
  withBearer: 'token',
  code: { file: 'packages/dpop/src/proof/check-proof.ts', line: 'methodMatch(claims.htm, method)' },
  async run({ signIn, victim, thief, profileUrl, paymentsUrl }) {
    const { accessToken } = await signIn()
    const caught = async () =>
      withProof(accessToken, await victim.prove({ step: '', url: profileUrl, accessToken }))
    return [
      await thief.send({ step: 'Use it at another URL', url: paymentsUrl, headers: await caught() }),
      await thief.send({
        step: 'Use it with another method',
        method: 'POST',
        url: profileUrl,
        headers: await caught(),
      }),
    ]
  },
}
