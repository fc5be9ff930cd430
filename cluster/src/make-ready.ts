import type { LedgerName } from './ledger-name.ts'
import { step, turbo } from './scripts.ts'
import { requirePrograms } from './topology/start-cluster.ts'

/**
 * What a cluster needs before it starts: the servers, and the apps, which are built unless they are `built` already; quick where nothing has changed.
 * Throws Trouble that names what is not installed.
 */
export async function makeReady(ledger: LedgerName, built: boolean): Promise<void> {
  requirePrograms(ledger)
  if (built) return
  const filters = [
    '@keybound/auth-server-app',
    '@keybound/resource-api-app',
    '@keybound/cli-app',
    '@keybound/prisma',
  ]
  await step('Building', (now) => turbo(['build', ...filters.map((name) => `--filter=${name}`)], {}, now))
}
