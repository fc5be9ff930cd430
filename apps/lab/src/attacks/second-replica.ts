import type { Attack } from './attack.ts'
import { withProof } from './credentials.ts'

export const secondReplica: Attack = {
  number: 16,
  id: 'second-replica',
  title: 'A replay on a second replica',
  story:
    'The API runs twice behind a load balancer. The thief sends the victim’s request again, to the other one.',
  why: 'All replicas share one ledger, and one atomic insert decides. A ledger in the memory of each would let the proof through once per replica.',
  defence: { name: 'Share the ledger between replicas', off: { ledger: 'per replica' } },
  expected: { withNonce: ['jti.unused'], withoutNonce: ['jti.unused'] },
  withBearer: 'token',
  code: { file: 'packages/dpop/src/replay/ledger.ts', line: 'unused = await ledger.remember(entry)' },
  async run({ signIn, victim, thief, profileUrl: url }) {
    const { accessToken } = await signIn()
    const headers = withProof(accessToken, await victim.prove({ step: '', url, accessToken }))
    await victim.send({
      step: 'Read the profile at replica 1',
      url,
      headers: [...headers, ['X-Lab-Replica', '1']],
    })
    const again = [...headers, ['X-Lab-Replica', '2']] as const
    return [await thief.send({ step: 'Send it again, to replica 2', url, headers: again })]
  },
}
