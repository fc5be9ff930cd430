import { checkEpoch } from './known-epoch.ts'

/**
 * Which of the keys are new, for a whole group at once. KEYS: the epoch, then the records. ARGV: the epoch that the caller knows, its
 * clock, then for each record the instant of its end. Redis runs a script alone, so nothing comes between.
 *
 * A record is kept until its end by either clock, the caller's or the server's own, whichever is later, and a minute longer: a clock that
 * was corrected must not bring anything back to life. Whether it still counts is decided by the end that it holds.
 * An error where the epoch is another one, and then nothing was written; otherwise 1 or 0 for each record.
 */
export const rememberScript = `${checkEpoch}
local now = tonumber(ARGV[2])
local behind = math.max(0, tonumber(redis.call('TIME')[1]) - now)
local answers = {}
for i = 2, #KEYS do
  local ends = ARGV[i + 1]
  local keep = string.format('%.0f', math.ceil((tonumber(ends) + behind + 60) * 1000))
  local new = redis.call('SET', KEYS[i], ends, 'PXAT', keep, 'NX')
  if not new then
    local record = redis.call('GET', KEYS[i])
    if record and tonumber(record) < now then
      redis.call('SET', KEYS[i], ends, 'PXAT', keep)
      new = true
    end
  end
  answers[i - 1] = new and 1 or 0
end
return answers`

/** Deletes a record where it still is the one that was written. */
export const retractScript = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0`
