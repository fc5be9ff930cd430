import type { EpochRecord } from '../../epoch-record.ts'

/** A record that lives as long as a test. */
export function memoryEpochRecord(known?: string): EpochRecord {
  let epoch = known
  return {
    async read() {
      return epoch
    },
    async write(id) {
      epoch = id
    },
  }
}
