import { createFlow, type Flow, type FlowOptions } from '../playground/flow.ts'
import { type KeptKey, memoryKeyStore } from '../playground/key-store.ts'
import type { OtherTabs } from '../playground/other-tabs.ts'
import type { SavedFlow } from '../playground/saved-flow.ts'
import { fakePlatform, type PlatformFault, places } from './fake-platform.ts'

/** What the tabs of one browser share. */
export function testBrowserTabs(fault: PlatformFault = {}) {
  const platform = fakePlatform(fault)
  const kept: { key?: KeptKey } = {}
  const ears: ((query: string) => boolean)[] = []

  function otherTabs(): OtherTabs {
    let own: ((query: string) => boolean) | undefined
    return {
      offer(query, taken) {
        if (ears.some((take) => take !== own && take(query))) taken()
      },
      listen(take) {
        own = take
        ears.push(take)
      },
    }
  }

  /** A tab of the playground: what survives a page load is in here. */
  function openTab() {
    const storage: { saved?: SavedFlow } = {}
    const visited: URL[] = []
    return {
      ...platform,
      kept,
      storage,
      visited,
      load(change: Partial<Pick<FlowOptions, 'fetch' | 'journals'>> = {}): Flow {
        return createFlow({
          settings: places,
          keyStores: {
            kept: {
              read: async () => kept.key,
              async write(key) {
                kept.key = key
              },
            },
            memory: memoryKeyStore(),
          },
          memory: {
            read: () => storage.saved && (JSON.parse(JSON.stringify(storage.saved)) as SavedFlow),
            write(saved) {
              storage.saved = saved
            },
            clear() {
              delete storage.saved
            },
          },
          otherTabs: otherTabs(),
          fetch: platform.fetch,
          ...change,
          clock: () => Date.now() / 1000,
          navigate: (url) => visited.push(new URL(url)),
        })
      },
      /** What the authorization server sends back. */
      answer: (change: Record<string, string> = {}) =>
        new URLSearchParams({
          code: 'code_1',
          state: storage.saved?.pending.state ?? '',
          iss: places.issuer,
          ...change,
        }),
    }
  }
  return { openTab }
}

export type PlaygroundTab = ReturnType<ReturnType<typeof testBrowserTabs>['openTab']>
