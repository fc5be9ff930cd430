import { storesContract } from '@keybound/testkit/contracts'
import { describeWith } from '@keybound/testkit/describe-with'
import { openPostgres } from './open-postgres.ts'
import { postgresStores } from './postgres-stores.ts'
import { migratedDatabases, patient } from './testing/migrated-databases.ts'

describeWith(['PostgreSQL'], 'the stores on PostgreSQL', () => {
  const { newDatabase } = migratedDatabases()

  storesContract('PostgreSQL', async () => {
    const db = await openPostgres({ url: await newDatabase(), limits: patient })
    return { ...postgresStores(db), close: () => db.close() }
  })
})
