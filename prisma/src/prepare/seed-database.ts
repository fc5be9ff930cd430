import { PrismaClient as PostgresClient } from '../../generated/postgresql/client.ts'
import { PrismaClient } from '../../generated/sqlite/client.ts'
import { adapterFor } from '../adapter-for.ts'
import { providerOf } from '../provider.ts'

/** Opens the database for as long as `seed` takes. */
export async function seedDatabase(
  database: string,
  seed: (prisma: PrismaClient) => Promise<void>,
): Promise<void> {
  const adapter = adapterFor(database)
  // Generated from the same models: what one can do, the other can.
  const prisma =
    providerOf(database) === 'sqlite'
      ? new PrismaClient({ adapter })
      : (new PostgresClient({ adapter }) as unknown as PrismaClient)
  try {
    await seed(prisma)
  } finally {
    await prisma.$disconnect()
  }
}
