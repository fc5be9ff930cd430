import { storesContract } from '@keybound/testkit/contracts'
import { openSqlite } from './open-sqlite.ts'
import { sqliteStores } from './sqlite-stores.ts'
import { migratedFiles } from './testing/migrated-files.ts'

const newFile = migratedFiles()

storesContract('SQLite', async () => {
  const db = await openSqlite({ url: `file:${await newFile()}` })
  return { ...sqliteStores(db), close: () => db.close() }
})
