import type { IncomingMessage, ServerResponse } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { hasBody } from './hold-body.ts'

/** Why the front door does not let a request in. `error_description` is `<rule>: <sentence>`. */
export interface Refusal {
  readonly status: 400 | 404 | 408 | 413 | 417 | 431 | 500 | 503
  readonly error:
    | 'invalid_request'
    | 'invalid_dpop_proof'
    | 'not_found'
    | 'server_error'
    | 'temporarily_unavailable'
  readonly rule: string
  readonly sentence: string
}

export function badRequest(rule: string, sentence: string): Refusal {
  return { status: 400, error: 'invalid_request', rule, sentence }
}

/** Answers and ends the connection: what follows on it cannot be trusted, or will not be read. */
export function refuse(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  const body = bodyOf(refusal)
  res.writeHead(refusal.status, { ...headersOf(body), Connection: 'close' })
  if (req.complete || !hasBody(req)) {
    res.end(body)
    return
  }
  // Closing with unread bytes resets the connection and the client may lose the answer: read on for a moment.
  res.write(body)
  req.resume()
  req.once('end', () => res.end())
  setTimeout(() => res.end(), lingering).unref()
}

/** Answers a request that came whole and is in order, only too early: the connection stays, because a new one would cost both sides more. */
export function putOff(res: ServerResponse, refusal: Refusal, seconds: number): void {
  const body = bodyOf(refusal)
  res.writeHead(refusal.status, { ...headersOf(body), 'Retry-After': seconds })
  res.end(body)
}

/** For what Node reports before there is a response object: parser errors, timeouts, CONNECT, upgrades. */
export function refuseOnSocket(socket: Socket, refusal: Refusal, now: number): void {
  const body = bodyOf(refusal)
  const headers = { Date: new Date(now * 1000).toUTCString(), ...headersOf(body), Connection: 'close' }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}\r\n${lines.join('')}\r\n${body}`)
  socket.resume()
  setTimeout(() => socket.destroy(), lingering).unref()
}

/** Milliseconds. */
const lingering = 1000

function bodyOf({ error, rule, sentence }: Refusal): string {
  return JSON.stringify({ error, error_description: `${rule}: ${sentence}` })
}

function headersOf(body: string): Record<string, string> {
  return {
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  }
}
