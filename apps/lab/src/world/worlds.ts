import type { Clock } from '@keybound/oauth'
import { LRUCache } from 'lru-cache'
import { createWorld, type World } from './world.ts'
import type { WorldSettings } from './world-settings.ts'

/** Worlds under ids that nobody guesses. A few hundred at most: the least recently used end first. */
export interface Worlds {
  open(settings: WorldSettings): World
  find(id: string): World | undefined
}

export function createWorlds(options: { readonly origin: () => string; readonly clock: Clock }): Worlds {
  const worlds = new LRUCache<string, World>({ max: 300 })
  return {
    open(settings) {
      const id = Buffer.from(crypto.getRandomValues(new Uint8Array(9))).toString('base64url')
      const world = createWorld({ id, origin: options.origin(), settings, clock: options.clock })
      worlds.set(id, world)
      return world
    },
    find: (id) => worlds.get(id),
  }
}
