import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const outlivedRecord: Attack = {
  number: 17,
  id: 'outlived-record',
  title: 'A proof that outlives its record',
  story:
    'The victim’s clock is nine seconds fast, which is allowed. The thief records the request, waits until a careless server has forgotten it, and sends it while its date is still good.',
  why: 'A record lives until the proof itself can no longer be accepted, computed from its iat and its nonce. Counted from the receipt, it would end nine seconds too soon.',
  defence: { name: 'Keep records as long as the proof lives', off: { ledger: 'from receipt' } },
  expected: { withNonce: ['jti.unused'], withoutNonce: ['jti.unused'] },
  withBearer: 'token',
  code: {
    file: 'packages/dpop/src/proof/proof-expiry.ts',
    line: 'const iatEnd = iat + policy.lifetime + policy.tolerance',
  },
  async run({ signIn, victim, thief, world, profileUrl: url }) {
    const { accessToken } = await signIn()
    const iat = world.clock() + 9
    const headers = withProof(accessToken, await victim.prove({ step: '', url, accessToken }, { iat }))
    await victim.send({ step: 'Read the profile', url, headers })
    world.advance(23)
    return [await thief.send({ step: 'Send it again after 23 s', url, headers })]
  },
}
