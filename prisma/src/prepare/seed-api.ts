import { demoUsers } from './demo-users.ts'
import { seedDatabase } from './seed-database.ts'
import type { Settings } from './settings.ts'

/** Gives the demo users a profile where they have none; one that somebody has changed stays as it is. */
export async function seedApi(database: string, { mode }: Settings): Promise<void> {
  if (mode !== 'demo') return
  await seedDatabase(database, async (prisma) => {
    for (const { subject, name, email, locale } of demoUsers) {
      const profile = { sub: subject, name, email, locale, updatedAt: Math.floor(Date.now() / 1000) }
      await prisma.profile.upsert({ where: { sub: subject }, create: profile, update: {} })
    }
  })
}
