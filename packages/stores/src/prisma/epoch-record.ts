import type { EpochRecord } from '../epoch-record.ts'
import type { Database } from './database.ts'

/** In the one row that the ledger of a database has; where the ledger is elsewhere, that row has nothing else to do. */
export function prismaEpochRecord({ prisma }: Pick<Database, 'prisma'>): EpochRecord {
  const row = { where: { id: 1 } }
  return {
    async read() {
      return (await prisma.ledgerSweep.findUnique(row))?.epoch ?? undefined
    },
    async write(epoch) {
      await prisma.ledgerSweep.updateMany({ where: { id: 1, NOT: { epoch } }, data: { epoch } })
    },
  }
}
