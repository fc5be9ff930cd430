import type { EpochRecord } from '../epoch-record.ts'
import type { Database } from './database.ts'

/**
 * In a row of its own beside that of the database's ledger, which goes on beside one that is elsewhere: client assertions are remembered there, and its
 * memory is another one.
 */
export function prismaEpochRecord({ prisma }: Pick<Database, 'prisma'>): EpochRecord {
  const where = { id: 2 }
  return {
    async read() {
      return (await prisma.ledgerSweep.findUnique({ where }))?.epoch ?? undefined
    },
    async write(epoch) {
      await prisma.ledgerSweep.upsert({ where, create: { ...where, sweptTo: 0, epoch }, update: { epoch } })
    },
  }
}
