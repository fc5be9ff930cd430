import { resolve } from 'node:path'
import { migrateDatabase } from '../migrate/migrate-database.ts'
import { providerOf } from '../provider.ts'
import { openClientKeys } from './client-keys.ts'
import { makePrivateDirectory } from './private-files.ts'
import { openSecrets } from './secrets.ts'
import { seedApi } from './seed-api.ts'
import { seedAuthServer } from './seed-auth-server.ts'
import { readSettings, type Settings } from './settings.ts'

/**
 * Makes a data directory ready for the three apps: secrets, keys of the demo clients, migrated databases, seeded clients, users
 * and profiles. Safe to repeat, and quick then; clients and demo accounts are written again from `env` each time, profiles
 * that exist are left alone. The apps must not be running on the same directory.
 *
 * Throws Error, with what to do, where a setting is unusable or a migration is refused.
 */
export async function prepare(options: {
  /** The data directory, 0700; every file in it is 0600. */
  readonly data: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly report?: (line: string) => void
}): Promise<void> {
  const { data, env, report = () => {} } = options
  const settings = readSettings(env)
  makePrivateDirectory(data)
  const secrets = openSecrets(data, env, report)
  const keys = await openClientKeys(data, ['web', 'service'], report)

  const { auth, api, web } = databases(data, settings)
  await Promise.all([...new Set([auth, api, web])].map((database) => migrateDatabase(database, report)))
  await seedAuthServer(auth, { settings, keys, apiClientSecret: secrets.API_CLIENT_SECRET })
  await seedApi(api, settings)
}

/** A file for each app, or one PostgreSQL database for all. */
function databases(data: string, { database }: Settings): { auth: string; api: string; web: string } {
  if (database && providerOf(database) === 'postgresql')
    return { auth: database, api: database, web: database }
  return {
    auth: database ?? resolve(data, 'auth.db'),
    api: resolve(data, 'api.db'),
    web: resolve(data, 'web.db'),
  }
}
