import type { PendingRequest, StepExchange } from './flow-state.ts'
import type { PlaygroundOptions } from './playground-options.ts'

/** What has to outlive the visit to the authorization server: the request, and what was shown before it. No token is ever among it. */
export interface SavedFlow {
  readonly issuer: string
  readonly options: PlaygroundOptions
  readonly pending: PendingRequest
  readonly exchanges: readonly StepExchange[]
  readonly runAll: boolean
}

export interface FlowMemory {
  read(): SavedFlow | undefined
  write(saved: SavedFlow): void
  clear(): void
}

const name = 'keybound-playground'

/** This tab's sessionStorage. It is cleared as soon as the browser is back. */
export function tabMemory(storage: Storage): FlowMemory {
  return {
    read() {
      try {
        return JSON.parse(storage.getItem(name) ?? 'null') ?? undefined
      } catch {
        return undefined
      }
    },
    write: (saved) => storage.setItem(name, JSON.stringify(saved)),
    clear: () => storage.removeItem(name),
  }
}
