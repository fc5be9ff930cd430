import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const wrongNonce: Attack = {
  number: 15,
  id: 'wrong-nonce',
  title: 'No nonce, a foreign one, a stale one',
  story:
    'A script in the victim’s page could have proofs signed, but could not ask the API for its nonce. The thief tries without one, with that of the authorization server, and with one of some minutes ago.',
  why: 'Each server knows its own nonces, by their time. Anything else is answered with a new one, which the thief cannot have signed any more.',
  defence: { name: 'Ask for a nonce', off: { nonces: false } },
  expected: { withNonce: ['nonce.match'], withoutNonce: 'succeeds' },
  withBearer: 'token',
  code: {
    file: 'packages/dpop/src/nonce/nonces.ts',
    line: 'return whenReady(nonceOf(current - 1), (previous) => {',
  },
  async run({ signIn, victim, thief, world, profileUrl: url }) {
    const { accessToken } = await signIn()
    const old = (await world.nonces.api?.issue(world.clock() - 600)) ?? null
    const foreign = (await world.nonces.authorizationServer?.issue(world.clock())) ?? null
    const send = async (step: string, nonce: string | null) => {
      const headers = withProof(accessToken, await victim.prove({ step, url, accessToken }, { nonce }))
      return thief.send({ step, url, headers })
    }
    return [
      await send('Without a nonce', null),
      await send('With the nonce of another server', foreign),
      await send('With a nonce of ten minutes ago', old),
    ]
  },
}
