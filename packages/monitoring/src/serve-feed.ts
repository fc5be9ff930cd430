import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Feed, FeedEvent } from './feed.ts'

/** Milliseconds between two comments that keep a silent connection open. */
const heartbeat = 15_000

export interface ServedFeed {
  /** Answers one GET with an event stream. */
  readonly answer: (req: IncomingMessage, res: ServerResponse) => void
  /** Ends every stream, so that the server can drain. */
  close(): void
}

/**
 * The feed as server-sent events: `id: 7`, `event: judged`, `data: <JSON of a FeedEvent>`. Begins after Last-Event-ID where it is given (a header, as EventSource
 * sends it), with everything that is kept otherwise.
 * @see HTML Standard, §9.2 Server-sent events
 */
export function serveFeed(feed: Feed, webOrigin: string): ServedFeed {
  const open = new Set<ServerResponse>()

  function answer(req: IncomingMessage, res: ServerResponse): void {
    if (req.headers.origin === webOrigin) res.setHeader('Access-Control-Allow-Origin', webOrigin)
    res.writeHead(200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      // nginx would keep events until there are enough of them.
      'X-Accel-Buffering': 'no',
      Vary: 'Origin',
    })
    res.write('retry: 1000\n\n')
    for (const event of feed.since(Number(req.headers['last-event-id'] ?? 0) || 0)) send(event)
    const unsubscribe = feed.subscribe(send)
    const beating = setInterval(() => res.write(': still here\n\n'), heartbeat)
    open.add(res)
    res.once('close', () => {
      unsubscribe()
      clearInterval(beating)
      open.delete(res)
    })

    function send(event: FeedEvent): void {
      res.write(`id: ${event.id}\nevent: judged\ndata: ${JSON.stringify(event)}\n\n`)
    }
  }

  return {
    answer,
    close() {
      for (const res of open) res.end()
    },
  }
}
