import { checkEpoch } from './known-epoch.ts'

/**
 * Writes a pushed request where its client has room for one. KEYS: the epoch, the request, the client's waiting ones by their end.
 * ARGV: the epoch that the caller knows; hash, clientId, request, end; the caller's clock; how many may wait; for how long a record outlives its
 * end, by the later of the two clocks. 1 where it was written, 0 where there is no room.
 */
export const pushScript = `${checkEpoch}
local ends, now = ARGV[5], tonumber(ARGV[6])
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now)
if redis.call('ZCARD', KEYS[3]) >= tonumber(ARGV[7]) then return 0 end
local behind = math.max(0, tonumber(redis.call('TIME')[1]) - now)
local keep = string.format('%.0f', math.ceil((math.max(tonumber(ends), now) + behind + tonumber(ARGV[8])) * 1000))
redis.call('HSET', KEYS[2], 'clientId', ARGV[3], 'request', ARGV[4], 'expiresAt', ends)
redis.call('PEXPIREAT', KEYS[2], keep)
redis.call('ZADD', KEYS[3], ends, ARGV[2])
redis.call('PEXPIREAT', KEYS[3], keep)
return 1`

/** 1 the first time. KEYS as above; ARGV: the epoch that the caller knows, the hash. */
export const spendScript = `${checkEpoch}
if redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
if redis.call('HSETNX', KEYS[2], 'spent', 1) == 0 then return 0 end
redis.call('ZREM', KEYS[3], ARGV[2])
return 1`

/** KEYS: the request, the client's waiting ones; ARGV: the hash. */
export const unspendScript = `
if redis.call('HDEL', KEYS[1], 'spent') == 0 then return 0 end
redis.call('ZADD', KEYS[2], redis.call('HGET', KEYS[1], 'expiresAt'), ARGV[1])
return 1`
