import type { EpochRecord } from '../../epoch-record.ts'

/** A record that lives as long as a test, which may look at it. */
export function memoryEpochRecord(known?: string): EpochRecord & { known(): string | undefined } {
  let epoch = known
  return {
    known: () => epoch,
    async read() {
      return epoch
    },
    async write(id) {
      epoch = id
    },
  }
}
