import type { AuthorizationRequest } from '@keybound/authorization-server'
import type { Redis } from 'ioredis'
import { retention } from '../retention.ts'
import { answered } from '../unavailable.ts'
import type { SeparatePushedRequests } from '../with-separate-stores.ts'
import type { KnownEpoch } from './known-epoch.ts'
import { pushScript, spendScript, unspendScript } from './push-script.ts'
import { epochKey } from './redis-epoch.ts'
import { wholeNumber, yesOrNo } from './sense.ts'

/**
 * A hash for each request, and for each client the sorted set of those that wait. They belong to the epoch: after a memory was lost, or may
 * be an older one, no request_uri from before is known, so that none is spent twice.
 */
export function redisPushedRequests(redis: Redis, epoch: KnownEpoch): SeparatePushedRequests {
  redis.defineCommand('push', { lua: pushScript })
  redis.defineCommand('spend', { lua: spendScript })
  redis.defineCommand('unspend', { lua: unspendScript })
  const within = <T>(run: (text: string, id: string) => Promise<T>) =>
    answered(epoch.within(({ text, id }) => run(text, id)))

  return {
    insert: ({ hash, clientId, request, expiresAt }, { most, now }) =>
      within(async (text, id) => {
        const keys = [epochKey, pushedKey(id, hash), waitingKey(id, clientId)] as const
        const record = [hash, clientId, JSON.stringify(request), expiresAt] as const
        return yesOrNo(await redis.push(3, ...keys, text, ...record, now, most, retention))
      }),

    find: (hash) =>
      within(async (_, id) => {
        const { clientId, request, expiresAt, spent } = await redis.hgetall(pushedKey(id, hash))
        if (clientId === undefined || request === undefined) return undefined
        return {
          hash,
          clientId,
          request: JSON.parse(request) as AuthorizationRequest,
          expiresAt: Number(expiresAt),
          spent: spent !== undefined,
        }
      }),

    countLive: (clientId, now) =>
      within(async (_, id) => wholeNumber(await redis.zcount(waitingKey(id, clientId), `(${now}`, '+inf'))),

    spend: (hash) =>
      within(async (text, id) => {
        const key = pushedKey(id, hash)
        const clientId = await redis.hget(key, 'clientId')
        if (clientId === null) return false
        return yesOrNo(await redis.spend(3, epochKey, key, waitingKey(id, clientId), text, hash))
      }),

    unspend: (hash) =>
      within(async (_, id) => {
        const key = pushedKey(id, hash)
        const clientId = await redis.hget(key, 'clientId')
        if (clientId !== null) await redis.unspend(2, key, waitingKey(id, clientId), hash)
      }),
  }
}

function pushedKey(epoch: string, hash: string): string {
  return `kb:pushed:${epoch}:${hash}`
}

function waitingKey(epoch: string, clientId: string): string {
  return `kb:waiting:${epoch}:${clientId}`
}

declare module 'ioredis' {
  interface RedisCommander {
    push(count: 3, ...keysAndValues: (string | number)[]): Promise<number>
    spend(count: 3, ...keysAndValues: string[]): Promise<number>
    unspend(count: 2, ...keysAndValues: string[]): Promise<number>
  }
}
