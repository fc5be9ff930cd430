import type { Client } from '@keybound/authorization-server'
import type { Ledger, ProofPolicy } from '@keybound/dpop'
import { memoryLedger, memoryStores } from '@keybound/stores/memory'
import type { WorldSettings } from './world/world-settings.ts'

/** Every store of a world, in memory. */
export function labStores(clients: readonly Client[]) {
  return memoryStores({ clients })
}

/** The ledgers of the API's two replicas, good or bad. */
export function replicaLedgers(kind: WorldSettings['ledger'], policy: ProofPolicy): readonly Ledger[] {
  if (kind === 'per replica') return [memoryLedger(), memoryLedger()]
  const ledger = kind === 'none' ? none : kind === 'from receipt' ? fromReceipt(policy) : memoryLedger()
  return [ledger, ledger]
}

/** Remembers nothing. */
const none: Ledger = { remember: async () => true }

/** Keeps a record for the lifetime of a proof from its receipt, and not from its own iat: a proof dated ahead outlives it. */
function fromReceipt({ lifetime, tolerance }: ProofPolicy): Ledger {
  const ledger = memoryLedger()
  return {
    remember: (entry) => ledger.remember({ ...entry, expiresAt: entry.now + lifetime + tolerance }),
  }
}
