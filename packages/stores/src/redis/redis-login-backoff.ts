import { type LoginBackoff, loginLimits } from '@keybound/authorization-server'
import type { Redis } from 'ioredis'
import { accountKey, sourceKey } from '../login-keys.ts'
import { answered } from '../unavailable.ts'
import { wholeNumber } from './sense.ts'

/**
 * KEYS: account and source. ARGV: the caller's clock, after how long failures are forgiven, then free tries and longest wait of each key.
 * The seconds to wait, and then nothing was counted; or 0. Kept until they are forgiven by the later of the two clocks.
 */
const admitScript = `
local now, forgivenAfter = tonumber(ARGV[1]), tonumber(ARGV[2])
local counts, wait = {}, 0
for i, key in ipairs(KEYS) do
  local count, last = unpack(redis.call('HMGET', key, 'count', 'last'))
  count, last = tonumber(count) or 0, tonumber(last) or now
  if now - last > forgivenAfter then count = 0 end
  local free, longest = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
  if count >= free then wait = math.max(wait, last + math.min(2 ^ (count - free), longest) - now) end
  counts[i] = count + 1
end
if wait > 0 then return math.ceil(wait) end
local keep = math.max(tonumber(redis.call('TIME')[1]), now) + forgivenAfter
for i, key in ipairs(KEYS) do
  redis.call('HSET', key, 'count', counts[i], 'last', ARGV[1])
  redis.call('PEXPIREAT', key, string.format('%.0f', math.ceil(keep * 1000)))
end
return 0`

const succeedScript = `
redis.call('DEL', KEYS[1])
if tonumber(redis.call('HGET', KEYS[2], 'count') or 0) > 0 then redis.call('HINCRBY', KEYS[2], 'count', -1) end`

/** Shared by all replicas. A server that lost its memory forgives, as a restart of a single process would. */
export function redisLoginBackoff(redis: Redis): LoginBackoff {
  redis.defineCommand('admitLogin', { lua: admitScript, numberOfKeys: 2 })
  redis.defineCommand('succeedLogin', { lua: succeedScript, numberOfKeys: 2 })
  const { account: ofAccount, source: ofSource, forgivenAfter } = loginLimits
  const limits = [ofAccount.free, ofAccount.longestWait, ofSource.free, ofSource.longestWait]
  return {
    async admit(account, source, now) {
      const asked = redis.admitLogin(...keysOf(account, source), now, forgivenAfter, ...limits)
      return answered(asked.then(wholeNumber))
    },
    succeeded: async (account, source) => {
      await answered(redis.succeedLogin(...keysOf(account, source)))
    },
  }
}

function keysOf(account: string, source: string): readonly [string, string] {
  const [ofAccount, ofSource] = [accountKey(account), sourceKey(source)]
  return [`kb:login:${ofAccount.toString('base64url')}`, `kb:login:${ofSource.toString('base64url')}`]
}

declare module 'ioredis' {
  interface RedisCommander {
    admitLogin(account: string, source: string, ...values: number[]): Promise<number>
    succeedLogin(account: string, source: string): Promise<null>
  }
}
