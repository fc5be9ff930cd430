import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Nonces, ProofPolicy } from '@keybound/dpop'
import type { Exchange } from '@keybound/exchange'
import { captureExchange, createJournal, type Handler, serveJournal } from '@keybound/exchange/node'
import type { Clock } from '@keybound/oauth'
import { createFeed } from './feed.ts'
import { type JudgedRequest, judgedRequest } from './judged-request.ts'
import { createMetrics } from './metrics.ts'
import { securityEventOf } from './security-event.ts'
import { serveFeed } from './serve-feed.ts'

export interface MonitorOptions {
  /** The name of the server, in the feed. */
  readonly name: string
  /** The public base URL of the server. */
  readonly baseUrl: string
  readonly clock: Clock
  /** Where `/metrics` listens: loopback unless told otherwise; port 0 takes a free one. */
  readonly metrics: { readonly host: string; readonly port: number }
  /** What is told of a path that nobody but its visitor may know. */
  readonly endpointOf?: (path: string) => string
  /** How many records the ledger holds. */
  readonly ledgerEntries?: () => Promise<number>
  /**
   * Demo mode: pages of this origin may follow the feed at `<base>/events`, and read the journal of their own trace at `<base>/journal`. Absent
   * in hardened mode: then neither is there.
   */
  readonly demo?: {
    readonly webOrigin: string
    readonly nonces: Nonces | undefined
    readonly policy: ProofPolicy
  }
  /** Told of every decision that is a security event. */
  readonly onSecurityEvent?: (request: JudgedRequest) => void
}

export interface Monitor {
  /** Where the figures are. */
  readonly metricsUrl: string
  /** Is shown every request before anybody judges it, as the front door's `onRequest`. Changes nothing for whoever answers. */
  readonly watch: (req: IncomingMessage, res: ServerResponse) => void
  /** Counts a request that the front door put off, as its `onPutOff`. */
  readonly putOff: () => void
  /** The handler, with feed and journal beside it in demo mode. */
  serve(handler: Handler): Handler
  /** Ends the feeds and the listener of the figures. */
  close(): Promise<void>
}

/** Counts, and tells of, every request with a proof that a server answers. Rejects where the port of the figures is taken. */
export async function openMonitor(options: MonitorOptions): Promise<Monitor> {
  const { name, baseUrl, clock, demo } = options
  const { origin, pathname } = new URL(baseUrl)
  const feedPath = `${pathname.replace(/\/$/, '')}/events`
  const metrics = createMetrics(options.ledgerEntries)
  const feed = createFeed()
  const served = demo && serveFeed(feed, demo.webOrigin)
  const journal = createJournal({ clock })
  const listener = createServer((req, res) => answerMetrics(req, res, metrics.text))
  await new Promise<void>((done, failed) => {
    listener.once('error', failed)
    listener.listen(options.metrics.port, options.metrics.host, () => done())
  })
  const { address, port } = listener.address() as AddressInfo

  async function note(exchange: Promise<Exchange>): Promise<void> {
    const judged = await judgedRequest(await exchange, name, options.endpointOf)
    if (!judged) return
    const security = securityEventOf(judged.check)
    const request = security ? { ...judged, security } : judged
    metrics.count(request)
    feed.publish(request)
    if (security) options.onSecurityEvent?.(request)
  }

  return {
    metricsUrl: `http://${address.includes(':') ? `[${address}]` : address}:${port}/metrics`,
    watch(req, res) {
      captureExchange(req, res, {
        clock,
        origin,
        about: { from: 'client', to: name },
        onAnswer: (exchange) => void note(exchange),
      })
    },
    putOff: metrics.countPutOff,
    serve(handler) {
      if (!demo || !served) return handler
      const withFeed: Handler = (req, res) =>
        req.method === 'GET' && req.url === feedPath ? served.answer(req, res) : handler(req, res)
      return serveJournal(withFeed, { journal, clock, name, baseUrl, ...demo })
    },
    async close() {
      served?.close()
      await new Promise((closed) => {
        listener.close(closed)
        listener.closeAllConnections()
      })
    },
  }
}

async function answerMetrics(
  req: IncomingMessage,
  res: ServerResponse,
  text: () => Promise<string>,
): Promise<void> {
  if (req.url !== '/metrics') {
    res.writeHead(404).end()
    return
  }
  try {
    const body = await text()
    res.writeHead(200, { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8' }).end(body)
  } catch {
    res.writeHead(503).end()
  }
}
