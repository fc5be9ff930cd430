import { storesContract } from '@keybound/testkit/contracts'
import { openDatabase } from './open-database.ts'
import { prismaStores } from './prisma-stores.ts'
import { migratedFiles } from './testing/migrated-files.ts'

const newFile = migratedFiles()

storesContract('SQLite', async () => {
  const db = await openDatabase({ url: `file:${await newFile()}` })
  return { ...prismaStores(db), close: () => db.close() }
})
