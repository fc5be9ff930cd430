export type { Stores } from '../stores.ts'
export { memoryLedger } from './ledger.ts'
export { memoryStores } from './memory-stores.ts'
