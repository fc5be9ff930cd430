import type { IncomingMessage, OutgoingHttpHeader, ServerResponse } from 'node:http'
import type { Clock } from '@keybound/oauth'
import type { Exchange, HeaderLines } from '../exchange.ts'
import { spellHeader } from '../spell-header.ts'

export interface CaptureOptions {
  readonly clock: Clock
  /** The public origin of this server, since nothing believes `Host`. */
  readonly origin: string
  readonly about: Pick<Exchange, 'from' | 'to'>
  /** Called once, before the answer begins to leave: the exchange will be there when it has left. */
  readonly onAnswer: (exchange: Promise<Exchange>) => void
}

/** Characters of a body that are kept. */
const mostOfBody = 64 * 1024

/**
 * Watches one request of a node:http server: the header lines as they stood on the wire, repeated ones too, and the answer as it was
 * given. Changes nothing for the handler. Of the body it has what the handler read.
 */
export function captureExchange(req: IncomingMessage, res: ServerResponse, options: CaptureOptions): void {
  const { clock, origin, about } = options
  const sentAt = clock()
  const received = tapBody(req)
  const method = req.method ?? 'GET'
  const url = origin + targetOf(req)
  const parts: Buffer[] = []
  const { write, end, writeHead } = res
  const left = new Promise<void>((resolve) => res.once('close', resolve))

  async function exchange(): Promise<Exchange> {
    await left
    const body = textOf(received)
    const answer = textOf(parts)
    const headers = answerLines(res)
    return {
      id: headers.find(([name]) => name.toLowerCase() === 'x-correlation-id')?.[1] ?? crypto.randomUUID(),
      step: `${method} ${new URL(url).pathname}`,
      ...about,
      request: { method, url, headers: pairs(req.rawHeaders), ...(body !== '' && { body }) },
      response: { status: res.statusCode, headers, ...(answer !== '' && { body: answer }) },
      timings: { sentAt, took: clock() - sentAt },
    }
  }

  res.writeHead = function noteHead(status: number, ...more: unknown[]): ServerResponse {
    const given = more.find((each) => typeof each === 'object' && each !== null)
    setHeaders(res, given as OutgoingHttpHeaders | undefined)
    options.onAnswer(exchange())
    return writeHead.call(res, status)
  } as ServerResponse['writeHead']
  res.write = function noteWrite(chunk: unknown, ...more: unknown[]): boolean {
    note(chunk)
    return (write as (...args: unknown[]) => boolean).call(res, chunk, ...more)
  } as ServerResponse['write']
  res.end = function noteEnd(chunk?: unknown, ...more: unknown[]): ServerResponse {
    note(chunk)
    return (end as (...args: unknown[]) => ServerResponse).call(res, chunk, ...more)
  } as ServerResponse['end']

  function note(chunk: unknown): void {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) parts.push(Buffer.from(chunk as string))
  }
}

/** A target that is no path (a proxy's, an asterisk) is refused by every server here, and makes no URL of ours. */
function targetOf({ url = '/' }: IncomingMessage): string {
  return url.startsWith('/') ? url : '/'
}

type OutgoingHttpHeaders = Readonly<Record<string, OutgoingHttpHeader | undefined>> | readonly string[]

/** Headers that come with writeHead alone could not be read afterwards. */
function setHeaders(res: ServerResponse, given: OutgoingHttpHeaders | undefined): void {
  if (given === undefined) return
  if (Array.isArray(given)) for (const [name, value] of pairs(given)) res.appendHeader(name, value)
  else
    for (const [name, value] of Object.entries(given)) {
      if (value !== undefined) res.setHeader(name, value as OutgoingHttpHeader)
    }
}

/** The beginning of what is read of the body, as it is read: whoever touched the stream before would be noticed. */
function tapBody(req: IncomingMessage): Buffer[] {
  const parts: Buffer[] = []
  let size = 0
  const { emit } = req
  req.emit = function noteEmit(event: string | symbol, ...args: unknown[]): boolean {
    const [chunk] = args
    if (event === 'data' && chunk instanceof Uint8Array && size < mostOfBody) {
      size += chunk.length
      parts.push(Buffer.from(chunk))
    }
    return emit.call(req, event, ...args)
  } as IncomingMessage['emit']
  return parts
}

/** The beginning of a body. */
function textOf(parts: readonly Buffer[]): string {
  return Buffer.concat(parts).toString('utf8').slice(0, mostOfBody)
}

function pairs(raw: readonly string[]): [string, string][] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as [string, string]] : []))
}

function answerLines(res: ServerResponse): HeaderLines {
  return res.getHeaderNames().flatMap((name) => {
    const value = res.getHeader(name)
    const values = Array.isArray(value) ? value : [value]
    return values.map((each) => [spellHeader(name), String(each)] as const)
  })
}
