import type { Transactions } from '@keybound/authorization-server'
import type { MemoryState } from './state.ts'

export function memoryTransactions(state: MemoryState): Transactions {
  return {
    async insert(transaction) {
      state.transactions.set(transaction.id, { transaction, finished: false })
    },
    async find(id) {
      const entry = state.transactions.get(id)
      return entry && !entry.finished ? entry.transaction : undefined
    },
    async update(id, change) {
      const entry = state.transactions.get(id)
      if (!entry || entry.finished) return false
      state.transactions.set(id, { ...entry, transaction: { ...entry.transaction, ...change } })
      return true
    },
  }
}
