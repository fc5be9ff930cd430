import type { PushedRequests } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export function memoryPushedRequests(state: MemoryState): PushedRequests {
  return {
    async insert(pushed) {
      state.pushedRequests.set(pushed.hash, { ...pushed, spent: false })
    },
    async find(hash) {
      return state.pushedRequests.get(hash)
    },
    async countLive(clientId, now) {
      let live = 0
      for (const pushed of state.pushedRequests.values()) {
        if (pushed.clientId === clientId && !pushed.spent && pushed.expiresAt > now) live += 1
      }
      return live
    },
  }
}
