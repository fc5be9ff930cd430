import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaClient } from '../../generated/sqlite/client.ts'

/** Opens the file for as long as `seed` takes. */
export async function seedDatabase(
  file: string,
  seed: (prisma: PrismaClient) => Promise<void>,
): Promise<void> {
  const prisma = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) })
  try {
    await seed(prisma)
  } finally {
    await prisma.$disconnect()
  }
}
