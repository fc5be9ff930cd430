import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const changedBody: Attack = {
  number: 20,
  id: 'changed-body',
  title: 'Another body under a good proof',
  story:
    'The thief sits where TLS ends, at a proxy. A payment of 10 passes by; the thief lets token and proof through and writes 10000 into the body.',
  why: 'It works: a proof covers method, URL, token and time, not the body and not the query. Whoever needs that signs the message (RFC 9421), or lets TLS end where it is trusted.',
  expected: { withNonce: 'succeeds', withoutNonce: 'succeeds' },
  withBearer: 'same',
  code: { file: 'packages/dpop/src/proof/create-proof.ts', line: 'let members = ' },
  async run({ signIn, victim, thief, world, paymentsUrl: url }) {
    const { accessToken } = await signIn()
    const payment = { step: 'Pay 10000 instead of 10', method: 'POST', url, accessToken }
    const headers =
      world.settings.scheme === 'Bearer'
        ? ([['Authorization', `Bearer ${accessToken}`]] as const)
        : withProof(accessToken, await victim.prove(payment))
    return [await thief.send({ ...payment, headers, body: JSON.stringify({ to: 'thief', amount: 10000 }) })]
  },
}
