import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '@keybound/oauth'
import type { EpochRecord } from '../epoch-record.ts'
import { answered } from '../unavailable.ts'
import type { SeparateStores } from '../with-separate-stores.ts'
import { createKnownEpoch } from './known-epoch.ts'
import { openRedis } from './open-redis.ts'
import { redisLedger } from './redis-ledger.ts'
import { redisLoginBackoff } from './redis-login-backoff.ts'
import { redisPushedRequests } from './redis-pushed-requests.ts'
import { EvictingError } from './require-no-eviction.ts'

/** What expires, in a Redis or Valkey. */
export interface RedisStores extends Required<SeparateStores> {
  /** Rejects with OAuthError temporarily_unavailable while the server cannot answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface RedisStoresOptions {
  readonly url: string
  readonly record: EpochRecord
  readonly clock: Clock
  /** Milliseconds; 250 by default. */
  readonly timeout?: number
}

/** Milliseconds for which a start waits for the server. */
const startingPatience = 10_000

/** Milliseconds between two looks at the epoch. */
const lookInterval = 1_000

/**
 * Everything over one connection, each step one script or one command. Every connection begins with the question in which epoch the server is.
 *
 * Throws Error where the server cannot be reached or may evict keys.
 */
export async function openRedisStores({
  url,
  record,
  clock,
  timeout,
}: RedisStoresOptions): Promise<RedisStores> {
  const redis = openRedis(url, timeout)
  const epoch = createKnownEpoch(redis, record, clock)
  // Why there is no connection is told to nobody who sends a command meanwhile.
  let trouble: Error | undefined
  redis.on('error', (error: Error) => {
    trouble = error
  })
  try {
    // Where this fails it is tried again, like any connection later on.
    redis.connect().catch(() => {})
    await patiently(epoch.learn, () => trouble)
  } catch (error) {
    redis.disconnect()
    throw error
  }
  // A flush ends no connection. Who writes nothing would not notice it, and would refuse every nonce of those who did.
  const looking = setInterval(() => epoch.look().catch(() => {}), lookInterval)
  looking.unref()
  return {
    ledger: redisLedger(redis, epoch),
    pushedRequests: redisPushedRequests(redis, epoch),
    loginBackoff: redisLoginBackoff(redis),
    ping: async () => void (await answered(epoch.learn())),
    async close() {
      clearInterval(looking)
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}

/** Until it succeeds, or until a start has waited long enough; what the operator has to change is said at once. */
async function patiently(learn: () => Promise<unknown>, troubleOf: () => Error | undefined): Promise<void> {
  for (const since = Date.now(); ; await pause(50)) {
    try {
      await learn()
      return
    } catch (error) {
      if (error instanceof EvictingError) throw error
      const trouble = troubleOf()
      const letsNobodyIn = trouble !== undefined && /^(WRONGPASS|NOAUTH) /.test(trouble.message)
      if (letsNobodyIn || Date.now() - since > startingPatience) {
        const why = trouble ? `: ${trouble.message}` : ''
        throw new Error(`LEDGER_URL: the ledger cannot be reached${why}`, { cause: error })
      }
    }
  }
}
