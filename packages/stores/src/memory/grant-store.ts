import { promisify } from 'node:util'
import type { GrantStore } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'
import { type Undo, write } from './write.ts'

const endOfTurn = promisify(setImmediate)

/**
 * A commit runs within one tick of one process; a write that does not hold takes the earlier ones back. It waits for the end of the turn, as
 * the group commits of the databases do: requests that came together are then decided together and answered together, which costs less than
 * leading each one to its end before the next is looked at (bench/RESULTS.md).
 */
export function memoryGrantStore(state: MemoryState): GrantStore {
  return {
    async findCode(hash) {
      return state.codes.get(hash)
    },

    async findRefreshToken(hash) {
      const token = state.refreshTokens.get(hash)
      const grant = token && state.grants.get(token.grantId)
      return token && grant ? { token, grant } : undefined
    },

    async findGrant(id) {
      return state.grants.get(id)
    },

    async commit(writes) {
      await endOfTurn()
      const undos: Undo[] = []
      for (const next of writes) {
        const undo = write(state, next)
        if (undo) {
          undos.push(undo)
          continue
        }
        for (const takeBack of undos.reverse()) takeBack()
        return next
      }
      return undefined
    },
  }
}
