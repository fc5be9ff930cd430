import { hash, verify } from '@node-rs/argon2'
import type { JWK } from 'jose'
import type { PrismaClient } from '../../generated/sqlite/client.ts'
import { demoClients } from './demo-clients.ts'
import { demoUsers } from './demo-users.ts'
import { seedDatabase } from './seed-database.ts'
import type { Settings } from './settings.ts'

/** Writes clients and users as the settings want them. In hardened mode nobody signs in with a demo password: alice and bob go. */
export function seedAuthServer(
  database: string,
  wanted: {
    readonly settings: Settings
    readonly keys: { readonly web: JWK; readonly service: JWK }
    readonly apiClientSecret: string
  },
): Promise<void> {
  const { settings, keys, apiClientSecret } = wanted
  return seedDatabase(database, async (prisma) => {
    for (const client of demoClients(settings, keys, apiClientSecret)) {
      await prisma.client.upsert({ where: { clientId: client.clientId }, create: client, update: client })
    }
    if (settings.mode === 'demo') await saveDemoUsers(prisma, settings.demoPassword)
    else await prisma.user.deleteMany({ where: { subject: { in: demoUsers.map(({ subject }) => subject) } } })
  })
}

async function saveDemoUsers(prisma: PrismaClient, password: string): Promise<void> {
  await Promise.all(
    demoUsers.map(async (user) => {
      const known = await prisma.user.findUnique({ where: { subject: user.subject } })
      if (known && (await verify(known.passwordHash, password))) return
      const row = { ...user, passwordHash: await hash(password), updatedAt: Math.floor(Date.now() / 1000) }
      await prisma.user.upsert({ where: { subject: user.subject }, create: row, update: row })
    }),
  )
}
