import { firstEpoch, type LedgerEpoch } from '@keybound/dpop'
import type { Clock } from '@keybound/oauth'
import type { Redis } from 'ioredis'
import type { EpochRecord } from '../epoch-record.ts'
import { epochKey, type RedisEpoch, readEpoch } from './redis-epoch.ts'
import { requireNoEviction } from './require-no-eviction.ts'

/** In which epoch the server is, as far as this connection knows. */
export interface KnownEpoch {
  /** Asks the server where it is not known, as at the beginning of every connection; one question at a time, whoever asks. */
  learn(): Promise<RedisEpoch>
  /** Asks whether it still is the one that is known, and learns the other one where it is not. */
  look(): Promise<void>
  /** Runs commands that belong to an epoch. What they reject with, when the server is in another one, makes us ask again next time. */
  within<T>(run: (epoch: RedisEpoch) => Promise<T>): Promise<T>
  /** The last one that was known. */
  last(): LedgerEpoch
}

/** Begins a script whose first key is that of the epoch, and its first argument the epoch that the caller knows. */
export const checkEpoch = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return { err = 'EPOCH it is another one' } end`

export function createKnownEpoch(redis: Redis, record: EpochRecord, clock: Clock): KnownEpoch {
  let known: RedisEpoch | undefined
  let last: RedisEpoch | undefined
  let learning: Promise<RedisEpoch> | undefined

  // Whoever answers after a broken connection may be another process, or the same one without its memory.
  redis.on('close', () => {
    known = undefined
  })

  function learn(): Promise<RedisEpoch> {
    learning ??= greet().finally(() => {
      learning = undefined
    })
    return learning
  }

  async function greet(): Promise<RedisEpoch> {
    await requireNoEviction(redis)
    known = last = await readEpoch(redis, record, clock)
    return known
  }

  return {
    learn,
    async look() {
      const text = known?.text
      if (text === undefined || (await redis.get(epochKey)) !== text) await learn()
    },
    async within(run) {
      try {
        return await run(known ?? (await learn()))
      } catch (error) {
        if (isOtherEpoch(error)) known = undefined
        throw error
      }
    },
    last: () => last ?? firstEpoch,
  }
}

function isOtherEpoch(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('EPOCH')
}
