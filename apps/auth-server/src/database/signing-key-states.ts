import type { Database } from '../dependencies.ts'
import type { SigningKeyState, SigningKeyStates } from '../keys/signing-key-states.ts'
import { available } from './available.ts'

export function signingKeyStatesIn({ prisma: { signingKey: keys } }: Database): SigningKeyStates {
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
  }
}
