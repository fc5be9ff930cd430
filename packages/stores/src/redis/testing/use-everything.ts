import { openRedisStores } from '../open-redis-stores.ts'
import { memoryEpochRecord } from './memory-epoch-record.ts'

/** A process of its own, since NODE_EXTRA_CA_CERTS is read when one starts: asks Redis for everything that it is asked for, and prints the answers. */
const now = 1_800_000_000
const stores = await openRedisStores({
  url: process.argv[2] ?? '',
  record: memoryEpochRecord(),
  clock: () => now,
  timeout: 20_000,
})
const { ledger, pushedRequests, loginBackoff } = stores
const entry = { key: 'key', acceptableFrom: now - 10, expiresAt: now + 20, now }
const pushed = { hash: 'hash', clientId: 'client', request: {} as never, expiresAt: now + 60 }
const answers = [
  await ledger.remember(entry),
  await ledger.remember(entry),
  await pushedRequests.insert(pushed, { most: 1, now }),
  (await pushedRequests.find('hash')) !== undefined,
  await pushedRequests.spend('hash'),
  await loginBackoff.admit('alice', 'here', now),
]
await ledger.retract(entry)
await loginBackoff.succeeded('alice', 'here')
await stores.ping()
await stores.close()
process.stdout.write(JSON.stringify(answers))
