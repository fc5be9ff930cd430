// One process with the ledger of an app: says when it is ready, and on "go" how many keys per second 64 callers reached.
import { openStores } from '@keybound/stores'
import { rateOf } from './rate-of.ts'

const [databaseUrl = '', ledgerUrl, seconds = '1'] = process.argv.slice(2)
const { stores } = await openStores({ databaseUrl, ...(ledgerUrl && { ledgerUrl }), replicas: 1 })
const driver = { name: 'Keybound', remember: stores.ledger.remember }
await rateOf(driver, 64, 0.5)
process.on('message', async () => {
  const { perSecond } = await rateOf(driver, 64, Number(seconds))
  process.send?.(perSecond)
})
process.on('disconnect', () => process.exit())
process.send?.('ready')
