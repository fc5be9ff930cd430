import { Redis } from 'ioredis'

/** Milliseconds for which a request waits for the ledger; then it is refused. */
export const commandTimeout = 250

/**
 * One connection to Redis or Valkey. A command that gets no answer in time fails; one that is under way when the connection breaks is
 * never sent again, because nobody knows whether it was carried out; and while there is no connection every command fails at once.
 * The connection is made again by itself.
 */
export function openRedis(url: string, timeout = commandTimeout): Redis {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 1000 + timeout,
    commandTimeout: timeout,
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1000),
  })
  // A connection that breaks is no fault by itself: requests that need it say so. Without a listener it would be printed.
  redis.on('error', () => {})
  return redis
}
