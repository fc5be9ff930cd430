import type { Clock } from '@keybound/oauth'
import type { Exchange } from '../exchange.ts'

/** The exchanges of visitors who asked for it, each under an id that the visitor alone knows. In memory, and bounded. */
export interface Journal {
  /** Adds what the promise brings; `read` waits for it. */
  add(traceId: string, exchange: Promise<Exchange>): void
  /** Everything of that trace, oldest first: also what has just been answered. Nothing for a trace that nobody knows. */
  read(traceId: string): Promise<readonly Exchange[]>
}

export interface JournalOptions {
  readonly clock: Clock
  /** Traces kept, the least recently used goes first. */
  readonly traces?: number
  /** Exchanges kept of each trace, the oldest goes first. */
  readonly exchanges?: number
  /** Seconds for which an unused trace is kept. */
  readonly lifetime?: number
}

interface Trace {
  usedAt: number
  readonly exchanges: Promise<Exchange>[]
}

export function createJournal(options: JournalOptions): Journal {
  const { clock, traces: most = 200, exchanges: length = 100, lifetime = 3600 } = options
  /** In the order of use. */
  const traces = new Map<string, Trace>()

  function use(traceId: string): Trace {
    const now = clock()
    for (const [id, { usedAt }] of traces) if (usedAt <= now - lifetime) traces.delete(id)
    const trace = traces.get(traceId) ?? { usedAt: now, exchanges: [] }
    trace.usedAt = now
    traces.delete(traceId)
    traces.set(traceId, trace)
    dropOldest(traces, most)
    return trace
  }

  return {
    add(traceId, exchange) {
      const { exchanges } = use(traceId)
      // What became of it is asked by read.
      exchange.catch(() => undefined)
      exchanges.push(exchange)
      if (exchanges.length > length) exchanges.shift()
    },
    async read(traceId) {
      if (!traces.has(traceId)) return []
      const settled = await Promise.allSettled(use(traceId).exchanges)
      return settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
    },
  }
}

function dropOldest(map: Map<string, unknown>, most: number): void {
  for (const id of map.keys()) {
    if (map.size <= most) return
    map.delete(id)
  }
}
