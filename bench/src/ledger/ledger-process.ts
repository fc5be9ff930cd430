// One process with the ledger of an app: says when it is ready, and on "go" how many keys per second 64 callers reached.
import type { LedgerEntry } from '@keybound/dpop'
import { OAuthError } from '@keybound/oauth'
import { openStores } from '@keybound/stores'
import { rateOf } from './rate-of.ts'

const [databaseUrl = '', ledgerUrl, seconds = '1'] = process.argv.slice(2)
const { stores } = await openStores({ databaseUrl, ...(ledgerUrl && { ledgerUrl }), replicas: 1 })
let unavailable = 0

/** Two processes can keep each other from one SQLite file for so long that a caller is told to come back: such an answer remembers nothing, and is counted. */
async function remember(entry: LedgerEntry): Promise<boolean> {
  try {
    return await stores.ledger.remember(entry)
  } catch (error) {
    if (!(error instanceof OAuthError && error.code === 'temporarily_unavailable')) throw error
    unavailable += 1
    return true
  }
}

const driver = { name: 'Keybound', remember }
await rateOf(driver, 64, 0.5)
process.on('message', async () => {
  unavailable = 0
  const { perSecond } = await rateOf(driver, 64, Number(seconds))
  process.send?.({ perSecond: perSecond - unavailable / Number(seconds), unavailable })
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
