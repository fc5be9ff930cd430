import { randomBytes } from 'node:crypto'
import type { LedgerEpoch } from '@keybound/dpop'
import type { Clock } from '@keybound/oauth'
import type { Redis } from 'ioredis'
import type { EpochRecord } from '../epoch-record.ts'

/** The key that holds the epoch: `<id> <since> <run id of the server>`. */
export const epochKey = 'keybound:epoch'

/**
 * The memory that a Redis has: it is another one after a flush (the key is gone), a restart, a failover or a restore (another process
 * serves, or one that read an old file). `text` is what the key holds, `since` when this memory began.
 */
export interface RedisEpoch extends LedgerEpoch {
  readonly text: string
}

/** Keeps the epoch of the process that serves now, or begins one; several replicas that come at once begin the same. */
const begin = `
local epoch = redis.call('GET', KEYS[1])
if epoch and string.match(epoch, '%S+$') == ARGV[1] then return epoch end
local since = (epoch or ARGV[4] == '1') and ARGV[3] or '0'
local new = ARGV[2] .. ' ' .. since .. ' ' .. ARGV[1]
redis.call('SET', KEYS[1], new)
return new`

/**
 * Asks the server who it is and which epoch it is in. A ledger that was never used before has nothing to forget: its epoch began at 0.
 * Rejects where the server does not answer.
 */
export async function readEpoch(redis: Redis, record: EpochRecord, clock: Clock): Promise<RedisEpoch> {
  const runId = /^run_id:(\S+)/m.exec(await redis.info('server'))?.[1]
  if (runId === undefined) throw new Error('The ledger does not say which process it is')
  const used = (await record.read()) !== undefined ? '1' : '0'
  const newId = randomBytes(9).toString('base64url')
  const text = String(await redis.eval(begin, 1, epochKey, runId, newId, clock(), used))
  const [id = '', since = ''] = text.split(' ')
  await record.write(id)
  return { text, id, since: Number(since) }
}
