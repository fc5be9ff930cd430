import type { Redis } from 'ioredis'

/** The server is there, and not fit for a ledger. */
export class EvictingError extends Error {
  override readonly name = 'EvictingError'
}

/**
 * A ledger must not lose what it remembers because memory is short: then it has to refuse instead.
 * Throws EvictingError, with what to do, where the server may evict keys.
 */
export async function requireNoEviction(redis: Redis): Promise<void> {
  const memory = await redis.info('memory')
  const policy = /^maxmemory_policy:(\S+)/m.exec(memory)?.[1]
  if (policy === 'noeviction') return
  throw new EvictingError(
    `LEDGER_URL: this Redis may evict keys (maxmemory-policy ${policy ?? 'unknown'}), and an evicted proof could be used again: ` +
      'set maxmemory-policy noeviction',
  )
}
