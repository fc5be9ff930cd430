import { forgeProof } from '@keybound/dpop/testing'
import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const anotherJwt: Attack = {
  number: 10,
  id: 'another-jwt',
  title: 'Another JWT in the place of a proof',
  story:
    'The thief has the victim’s ID token, and a JWT that the victim’s key signed for another purpose with the right claims in it. Perhaps the API does not tell JWTs apart.',
  why: 'typ says what a JWT is for, and a proof says dpop+jwt. Whatever else a key has signed is no proof.',
  defence: { name: 'Look at typ', off: { checksOff: ['typ.dpop'] } },
  expected: { withNonce: ['typ.dpop'], withoutNonce: ['typ.dpop'] },
  withBearer: 'token',
  code: {
    file: 'packages/dpop/src/proof/check-proof.ts',
    line: "return header.typ === 'dpop+jwt' ? PASS : wrongType(header.typ)",
  },
  async run({ signIn, victim, thief, world, profileUrl: url }) {
    const { accessToken, idToken } = await signIn()
    const nonce = await world.nonces.api?.issue(world.clock())
    const parts = { method: 'GET', url, accessToken, nonce, now: world.clock() }
    const jwt = String(await forgeProof(victim.signer, { ...parts, defect: 'typ-jwt' }))
    return [
      await thief.send({
        step: 'Send the ID token as a proof',
        url,
        headers: withProof(accessToken, idToken),
      }),
      await thief.send({ step: 'Send the other JWT as a proof', url, headers: withProof(accessToken, jwt) }),
    ]
  },
}
