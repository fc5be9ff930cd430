import type { ProtectedResourceMetadata } from '@keybound/oauth'
import type { AnswerWithAccess } from '@keybound/resource-server'
import type { Log } from './log.ts'
import type { Profiles } from './profile/profiles.ts'

/** What the route handlers work with. */
export interface ResourceApi {
  readonly answer: AnswerWithAccess
  readonly metadata: ProtectedResourceMetadata
  readonly profiles: Profiles
  readonly clock: () => number
  readonly log: Log
  /** Rejects while the store does not answer. */
  ping(): Promise<void>
}

const place = Symbol.for('keybound.resource-api')
const shared = globalThis as { [place]?: ResourceApi }

/**
 * Makes it known to the route handlers. A build of Next gives each of them an instance of every module, so what main.ts opened once is
 * handed over on globalThis, and no handler opens a second database.
 */
export function publish(api: ResourceApi): void {
  shared[place] = api
}

/** Throws TypeError before main.ts has published it, as while `next build` looks at the handlers. */
export function resourceApi(): ResourceApi {
  const api = shared[place]
  if (!api) throw new TypeError('the resource API is not open: start it with dist/main.js')
  return api
}
