import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { migrateDatabase } from '@keybound/prisma/migrate'
import { openStores } from '@keybound/stores'
import { startPostgres } from '@keybound/testkit/servers'
import { clients, inProcessPlatform } from '../race/in-process-platform.ts'
import type { RacePlatform } from '../race/race-platform.ts'

/** An empty, migrated database with the clients of the races. */
export interface ForCrashes {
  readonly databaseUrl: string
  readonly platform: RacePlatform
  close(): Promise<void>
}

export async function openSqliteForCrashes(): Promise<ForCrashes> {
  const directory = mkdtempSync(join(tmpdir(), 'keybound-crash-'))
  const remove = () => rmSync(directory, { recursive: true, force: true })
  // Ctrl-C ends the process without coming back here.
  process.once('exit', remove)
  return open(`file:${join(directory, 'auth.db')}`, async () => remove())
}

/** Throws Error where PostgreSQL is not installed, saying how to install it. */
export async function openPostgresForCrashes(): Promise<ForCrashes> {
  const postgres = await startPostgres()
  return open(postgres.url(), () => postgres.stop())
}

async function open(databaseUrl: string, remove: () => Promise<void>): Promise<ForCrashes> {
  await migrateDatabase(databaseUrl.replace(/^file:/, ''))
  const opened = await openStores({ databaseUrl, replicas: 1 })
  for (const client of clients) await opened.stores.saveClient(client)
  return {
    databaseUrl,
    platform: await inProcessPlatform(opened.stores),
    async close() {
      await opened.close()
      await remove()
    },
  }
}
