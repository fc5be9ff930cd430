import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { openStores, type Stores } from '@keybound/stores'

/** Our stores over a new SQLite file, migrated as a preparation would. `prisma` leads from the bundle that asks to the workspace. */
export async function sqliteStores(directory: string, prisma: URL): Promise<Stores> {
  const file = join(directory, 'auth.db')
  writeFileSync(file, '', { mode: 0o600 })
  const migrate = new URL('migrate.ts', prisma).pathname
  execFileSync(process.execPath, ['--import', 'tsx', migrate], { cwd: dirname(migrate), input: file })
  return (await openStores({ databaseUrl: `file:${file}`, replicas: 1 })).stores
}
