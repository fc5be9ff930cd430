import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Nonces, ProofPolicy } from '@keybound/dpop'
import type { Clock } from '@keybound/oauth'
import { accessTokenOf, type Exchange } from '../exchange.ts'
import { judgeExchange } from '../judge-exchange.ts'
import { boundTo } from '../jwt-segment.ts'
import { redact } from '../redact.ts'
import { captureExchange } from './capture-exchange.ts'
import type { Journal } from './journal.ts'
import { parseTraceId, traceHeader } from './trace-id.ts'

export type Handler = (req: IncomingMessage, res: ServerResponse) => unknown

export interface ServeJournalOptions {
  readonly journal: Journal
  readonly clock: Clock
  /** Of this server, in the exchanges. */
  readonly name: string
  /** The public base URL of this server; the journal is at `<base>/journal`. */
  readonly baseUrl: string
  /** The one origin whose pages may read. */
  readonly webOrigin: string
  /** With which this server judges proofs. */
  readonly nonces: Nonces | undefined
  readonly policy: ProofPolicy
}

/**
 * Puts a journal around a handler: requests with a Keybound-Trace header are kept, and `GET <base>/journal` with the same header answers
 * `{ server, exchanges }`, redacted unless `?secrets=live` is asked for. For demo mode alone.
 *
 * A page may read the trace whose id it made, and no other: there is no list of traces.
 */
export function serveJournal(handler: Handler, options: ServeJournalOptions): Handler {
  const { journal, clock, name, baseUrl, webOrigin } = options
  const { origin, pathname } = new URL(baseUrl)
  const path = `${pathname.replace(/\/$/, '')}/journal`

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    res.setHeader('Vary', 'Origin')
    if (req.headers.origin === webOrigin) res.setHeader('Access-Control-Allow-Origin', webOrigin)
    if (req.method === 'OPTIONS') return preflight(res)
    const traceId = traceOf(req)
    if (req.method !== 'GET' || traceId === undefined) return refuse(req, res)
    const exchanges = await journal.read(traceId)
    const live = new URL(req.url ?? '', origin).searchParams.get('secrets') === 'live'
    json(res, 200, { server: name, exchanges: live ? exchanges : exchanges.map(redact) })
  }

  /** The one table of checks, with this server's own nonces and policy, and its own answer for what only it can know. */
  async function judged(noted: Promise<Exchange>): Promise<Exchange> {
    const exchange = await noted
    const accessToken = accessTokenOf(exchange)
    const jkt = accessToken === undefined ? undefined : boundTo(accessToken)
    const { nonces, policy } = options
    const verdict = await judgeExchange(exchange, { accessToken, jkt, nonces, policy })
    return verdict ? { ...exchange, verdict } : exchange
  }

  return function journalled(req, res) {
    const [target] = (req.url ?? '').split('?')
    if (target === path) return answer(req, res)
    if (req.method === 'OPTIONS') allowTrace(res)
    const traceId = traceOf(req)
    if (traceId === undefined) return handler(req, res)
    const about = { from: 'browser', to: name }
    captureExchange(req, res, {
      clock,
      origin,
      about,
      onAnswer(exchange) {
        appendTo(res, 'Access-Control-Expose-Headers', 'X-Correlation-Id')
        journal.add(traceId, judged(exchange))
      },
    })
    return handler(req, res)
  }
}

function traceOf(req: IncomingMessage): string | undefined {
  const value = req.headers[traceHeader]
  return parseTraceId(typeof value === 'string' ? value : undefined)
}

/** Beside whatever the preflight of an endpoint allows. */
function allowTrace(res: ServerResponse): void {
  const { writeHead } = res
  res.writeHead = function noteHead(status: number, ...more: unknown[]): ServerResponse {
    const given = more.find((each) => typeof each === 'object' && each !== null) ?? {}
    for (const [name, value] of Object.entries(given)) res.setHeader(name, value)
    appendTo(res, 'Access-Control-Allow-Headers', 'Keybound-Trace')
    return writeHead.call(res, status)
  } as ServerResponse['writeHead']
}

function appendTo(res: ServerResponse, header: string, name: string): void {
  const value = res.getHeader(header)
  if (value !== undefined) res.setHeader(header, `${value}, ${name}`)
}

function preflight(res: ServerResponse): void {
  res.setHeader('Access-Control-Allow-Methods', 'GET')
  res.setHeader('Access-Control-Allow-Headers', 'Keybound-Trace')
  res.writeHead(204).end()
}

function refuse(req: IncomingMessage, res: ServerResponse): void {
  const wrongMethod = req.method !== 'GET'
  if (wrongMethod) res.setHeader('Allow', 'GET, OPTIONS')
  const error_description = wrongMethod
    ? 'request.method: this path takes GET'
    : 'trace.id: Keybound-Trace holds 22 to 64 characters of base64url, made by the visitor'
  json(res, wrongMethod ? 405 : 400, { error: 'invalid_request', error_description })
}

function json(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
  })
  res.end(JSON.stringify(body))
}
