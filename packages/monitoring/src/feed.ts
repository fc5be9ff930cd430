import type { JudgedRequest } from './judged-request.ts'

/** A judged request with its place in the feed. */
export interface FeedEvent extends JudgedRequest {
  /** Counts from 1 since the server started. */
  readonly id: number
}

/** The last decisions of a server, and whoever listens for the next. */
export interface Feed {
  publish(request: JudgedRequest): void
  /** What came after that id and is still kept, oldest first. An id from before a restart gives everything. */
  since(id: number): readonly FeedEvent[]
  /** Calls back for each event from now on, until the returned function is called. */
  subscribe(listener: (event: FeedEvent) => void): () => void
}

/** A ring in memory; `kept` events are there for whoever comes late or comes back. */
export function createFeed(kept = 1000): Feed {
  const events: FeedEvent[] = []
  const listeners = new Set<(event: FeedEvent) => void>()
  let last = 0
  return {
    publish(request) {
      last += 1
      const event = { ...request, id: last }
      events.push(event)
      if (events.length > kept) events.shift()
      for (const listener of listeners) listener(event)
    },
    since: (id) => (id > last ? [...events] : events.filter((event) => event.id > id)),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
