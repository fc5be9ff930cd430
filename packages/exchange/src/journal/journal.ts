import type { Verdict } from '@keybound/dpop'
import type { Clock } from '@keybound/oauth'
import type { Exchange } from '../exchange.ts'

/** The exchanges of visitors who asked for it, each under an id that the visitor alone knows. In memory, and bounded. */
export interface Journal {
  /** Notes the server's own verdict over the exchange with this correlation id, before it is answered. */
  judge(correlationId: string, verdict: Promise<Verdict | undefined>): void
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
  const verdicts = new Map<string, Promise<Verdict | undefined>>()

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

  async function judged(exchange: Promise<Exchange>): Promise<Exchange> {
    const noted = await exchange
    const verdict = await verdicts.get(noted.id)
    verdicts.delete(noted.id)
    return verdict ? { ...noted, verdict } : noted
  }

  return {
    judge(correlationId, verdict) {
      // What becomes of it is told where it is awaited.
      verdict.catch(() => undefined)
      verdicts.set(correlationId, verdict)
      dropOldest(verdicts, most)
    },
    add(traceId, exchange) {
      const { exchanges } = use(traceId)
      const whole = judged(exchange)
      whole.catch(() => undefined)
      exchanges.push(whole)
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
