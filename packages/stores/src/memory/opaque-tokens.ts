import type { OpaqueTokens } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export function memoryOpaqueTokens(state: MemoryState): OpaqueTokens {
  return {
    async find(hash) {
      return state.opaqueTokens.get(hash)
    },
  }
}
