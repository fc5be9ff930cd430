import type { LedgerEntry } from '@keybound/dpop'
import type { Redis } from 'ioredis'
import { grouped } from '../grouped.ts'
import { recordKey } from '../record-key.ts'
import type { SeparateLedger } from '../with-separate-stores.ts'
import type { KnownEpoch } from './known-epoch.ts'
import { epochKey } from './redis-epoch.ts'
import { rememberScript, retractScript } from './remember-script.ts'
import { yesOrNoForEach } from './sense.ts'

/**
 * The calls of one moment are one script, which says in which epoch it believes to be, so that a memory that was lost is noticed before
 * anything is accepted.
 */
export function redisLedger(redis: Redis, epoch: KnownEpoch): SeparateLedger {
  redis.defineCommand('remember', { lua: rememberScript })
  redis.defineCommand('retract', { lua: retractScript })

  function rememberAll(entries: readonly LedgerEntry[]): Promise<readonly boolean[]> {
    return epoch.within(async ({ text, since }) => {
      const keys = entries.map(({ key }) => redisKey(key))
      const now = Math.min(...entries.map((entry) => entry.now))
      const ends = entries.map(({ expiresAt }) => expiresAt)
      const answer = await redis.remember(keys.length + 1, epochKey, ...keys, text, now, ...ends)
      const isNew = yesOrNoForEach(answer, keys.length)
      // What could have been accepted before this memory began may have been: it counts as used.
      return entries.map(({ acceptableFrom = 0 }, i) => isNew[i] === true && acceptableFrom >= since)
    })
  }

  return {
    remember: grouped(rememberAll, { lanes: 2, most: 256, mayAskAlone: () => false }),
    epoch: epoch.last,
    async retract({ key, expiresAt }) {
      await redis.retract(1, redisKey(key), expiresAt)
    },
  }
}

function redisKey(key: string): Buffer {
  return Buffer.concat([prefix, recordKey(key)])
}

const prefix = Buffer.from('kb:')

declare module 'ioredis' {
  interface RedisCommander {
    remember(count: number, ...keysAndValues: (string | Buffer | number)[]): Promise<number[]>
    retract(count: number, key: Buffer, ends: number): Promise<number>
  }
}
