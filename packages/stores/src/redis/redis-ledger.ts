import { hash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { firstEpoch, type LedgerEntry } from '@keybound/dpop'
import type { Clock } from '@keybound/oauth'
import type { EpochRecord } from '../epoch-record.ts'
import { grouped } from '../grouped.ts'
import { answered } from '../unavailable.ts'
import type { SeparateLedger } from '../with-ledger.ts'
import { openRedis } from './open-redis.ts'
import { epochKey, type RedisEpoch, readEpoch } from './redis-epoch.ts'
import { rememberScript, retractScript } from './remember-script.ts'
import { EvictingError, requireNoEviction } from './require-no-eviction.ts'

export interface RedisLedger extends SeparateLedger {
  /** Rejects with OAuthError temporarily_unavailable while the ledger cannot answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface RedisLedgerOptions {
  readonly url: string
  readonly record: EpochRecord
  readonly clock: Clock
  /** Milliseconds; 250 by default. */
  readonly timeout?: number
}

/** Milliseconds for which a start waits for the server. */
const startingPatience = 10_000

/**
 * A ledger in Redis or Valkey: the calls of one moment are one script. Every connection begins with the question in which epoch the server
 * is, and every script says which one it believes in, so that a memory that was lost is noticed before anything is accepted.
 *
 * Throws Error where the server cannot be reached or may evict keys.
 */
export async function openRedisLedger({
  url,
  record,
  clock,
  timeout,
}: RedisLedgerOptions): Promise<RedisLedger> {
  const redis = openRedis(url, timeout)
  let epoch: RedisEpoch | undefined
  let lastKnown: RedisEpoch | undefined
  let learning: Promise<RedisEpoch> | undefined

  /** One at a time, whoever asks. */
  function learnEpoch(): Promise<RedisEpoch> {
    learning ??= greet().finally(() => {
      learning = undefined
    })
    return learning
  }
  async function greet(): Promise<RedisEpoch> {
    await requireNoEviction(redis)
    epoch = lastKnown = await readEpoch(redis, record, clock)
    return epoch
  }
  // Whoever answers after a broken connection may be another process, or the same one without its memory.
  redis.on('close', () => {
    epoch = undefined
  })

  async function rememberAll(entries: readonly LedgerEntry[]): Promise<readonly boolean[]> {
    const { text, since } = epoch ?? (await learnEpoch())
    const keys = entries.map(({ key }) => recordKey(key))
    const now = Math.min(...entries.map((entry) => entry.now))
    const ends = entries.map(({ expiresAt }) => expiresAt)
    try {
      const answers = await redis.remember(keys.length + 1, epochKey, ...keys, text, now, ...ends)
      // What could have been accepted before this memory began may have been: it counts as used.
      return entries.map(({ acceptableFrom = 0 }, i) => answers[i] === 1 && acceptableFrom >= since)
    } catch (error) {
      if (isOtherEpoch(error)) epoch = undefined
      throw error
    }
  }
  redis.defineCommand('remember', { lua: rememberScript })
  redis.defineCommand('retract', { lua: retractScript })
  const remember = grouped(rememberAll, { lanes: 2, most: 256, mayAskAlone: () => false })

  try {
    // Where this fails it is tried again, like any connection later on.
    redis.connect().catch(() => {})
    await patiently(learnEpoch)
  } catch (error) {
    redis.disconnect()
    throw error
  }
  return {
    remember,
    epoch: () => lastKnown ?? firstEpoch,
    async retract({ key, expiresAt }) {
      await redis.retract(1, recordKey(key), expiresAt)
    },
    ping: async () => void (await answered(learnEpoch())),
    async close() {
      await redis.quit().catch(() => redis.disconnect())
    },
  }
}

/** Until it succeeds, or until a start has waited long enough; what the operator has to change is said at once. */
async function patiently(learnEpoch: () => Promise<unknown>): Promise<void> {
  for (const since = Date.now(); ; await pause(50)) {
    try {
      await learnEpoch()
      return
    } catch (error) {
      if (error instanceof EvictingError) throw error
      if (Date.now() - since > startingPatience) {
        throw new Error('LEDGER_URL: the ledger cannot be reached', { cause: error })
      }
    }
  }
}

/** A prefix, then 16 bytes of a SHA-256: two keys that meet by chance would cost a client one retry in 10^26 requests. */
function recordKey(key: string): Buffer {
  return Buffer.concat([prefix, hash('sha256', key, 'buffer').subarray(0, 16)])
}

const prefix = Buffer.from('kb:')

function isOtherEpoch(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('EPOCH')
}

declare module 'ioredis' {
  interface RedisCommander {
    remember(count: number, ...keysAndValues: (string | Buffer | number)[]): Promise<number[]>
    retract(count: number, key: Buffer, ends: number): Promise<number>
  }
}
