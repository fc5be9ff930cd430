import type { Database } from '../dependencies.ts'
import type { SigningKeyState, SigningKeyStates } from '../keys/signing-key-states.ts'
import { available } from './available.ts'

export function signingKeyStatesIn({ prisma, connection, decide }: Database): SigningKeyStates {
  const { signingKey: keys } = prisma
  const predecessors = connection.prepare(
    `UPDATE signing_keys SET state = @state, retired_at = @at
     WHERE kid <> @kid AND (state = 'active' OR @state = 'withdrawn')
       AND purpose = (SELECT purpose FROM signing_keys WHERE kid = @kid AND state = 'next')`,
  )
  const successor = connection.prepare(
    "UPDATE signing_keys SET state = 'active' WHERE kid = ? AND state = 'next'",
  )
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
    activate(kid, predecessor, at) {
      return decide(() => {
        predecessors.run({ kid, state: predecessor, at })
        return successor.run(kid).changes === 1
      })
    },
    async remove(kid) {
      await available(keys.deleteMany({ where: { kid, state: { in: ['retired', 'withdrawn'] } } }))
    },
  }
}
