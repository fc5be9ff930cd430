import type { Database } from '../dependencies.ts'
import type { SigningKeyState, SigningKeyStates } from '../keys/signing-key-states.ts'
import { available } from './available.ts'

export function signingKeyStatesIn({ prisma }: Database): SigningKeyStates {
  const { signingKey: keys } = prisma
  return {
    async list() {
      const rows = await available(keys.findMany({ orderBy: { createdAt: 'asc' } }))
      return rows.map(({ retiredAt, ...row }) => ({
        ...row,
        purpose: row.purpose as SigningKeyState['purpose'],
        state: row.state as SigningKeyState['state'],
        ...(retiredAt !== null && { retiredAt }),
      }))
    },
    async insert(state) {
      await available(keys.create({ data: state }))
    },
    async activate(kid, predecessor, at) {
      const predecessors = prisma.$executeRaw`
        UPDATE signing_keys SET state = ${predecessor}, retired_at = ${at}
        WHERE kid <> ${kid} AND (state = 'active' OR ${predecessor} = 'withdrawn')
          AND purpose = (SELECT purpose FROM signing_keys WHERE kid = ${kid} AND state = 'next')`
      const successor = prisma.$executeRaw`
        UPDATE signing_keys SET state = 'active' WHERE kid = ${kid} AND state = 'next'`
      // Two replicas that activate at once: one of them fails, and looks again a minute later.
      const options = { isolationLevel: 'Serializable' } as const
      const [, activated] = await available(prisma.$transaction([predecessors, successor], options))
      return activated === 1
    },
    async remove(kid) {
      const { count } = await available(keys.deleteMany({ where: { kid, state: { not: 'active' } } }))
      return count === 1
    },
  }
}
