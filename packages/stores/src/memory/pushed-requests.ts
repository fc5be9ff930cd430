import type { PushedRequests } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export function memoryPushedRequests(state: MemoryState): PushedRequests {
  return {
    async insert(pushed, { most, now }) {
      if (countLive(state, pushed.clientId, now) >= most) return false
      state.pushedRequests.set(pushed.hash, { ...pushed, spent: false })
      return true
    },
    async find(hash) {
      return state.pushedRequests.get(hash)
    },
    async countLive(clientId, now) {
      return countLive(state, clientId, now)
    },
  }
}

function countLive(state: MemoryState, clientId: string, now: number): number {
  let live = 0
  for (const pushed of state.pushedRequests.values()) {
    if (pushed.clientId === clientId && !pushed.spent && pushed.expiresAt > now) live += 1
  }
  return live
}
