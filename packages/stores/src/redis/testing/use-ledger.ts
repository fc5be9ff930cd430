import { openRedisLedger } from '../redis-ledger.ts'
import { memoryEpochRecord } from './memory-epoch-record.ts'

/** A process of its own, since NODE_EXTRA_CA_CERTS is read when one starts: remembers, retracts and remembers again, and prints the answers. */
const now = 1_800_000_000
const ledger = await openRedisLedger({
  url: process.argv[2] ?? '',
  record: memoryEpochRecord(),
  clock: () => now,
  timeout: 20_000,
})
const entry = { key: 'key', acceptableFrom: now - 10, expiresAt: now + 20, now }
const answers = [await ledger.remember(entry), await ledger.remember(entry)]
await ledger.retract(entry)
answers.push(await ledger.remember(entry))
await ledger.ping()
await ledger.close()
process.stdout.write(JSON.stringify(answers))
