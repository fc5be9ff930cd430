import { createServer, type IncomingMessage, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request and its answer, as a server of the platform saw and gave them. */
export interface Exchange {
  readonly server: string
  readonly method: string
  /** With the query. */
  readonly path: string
  readonly requestHeaders: Readonly<Record<string, string[] | undefined>>
  readonly requestBody: string
  readonly status: number
  readonly responseHeaders: Readonly<Record<string, string[] | undefined>>
  readonly responseBody: string
}

export interface Tap {
  /** What the server behind is to call itself. */
  readonly url: string
  close(): void
}

/**
 * A reverse proxy in front of a server of the platform, at the server's public URL: whatever a client is written in, what it sends
 * is seen here. Changes nothing on the way; an exchange is reported before its answer ends.
 */
export async function openTap(
  server: string,
  target: string,
  report: (exchange: Exchange) => void,
): Promise<Tap> {
  const listener = createServer(async (incoming, outgoing) => {
    const requestBody = await readAll(incoming)
    const forwarded = request(
      new URL(incoming.url ?? '/', target),
      { method: incoming.method ?? 'GET', headers: incoming.rawHeaders as never, setHost: false },
      async (answer) => {
        const responseBody = await readAll(answer)
        report({
          server,
          method: incoming.method ?? '',
          path: incoming.url ?? '',
          requestHeaders: incoming.headersDistinct,
          requestBody: requestBody.toString(),
          status: answer.statusCode ?? 0,
          responseHeaders: answer.headersDistinct,
          responseBody: responseBody.toString(),
        })
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders).end(responseBody)
      },
    )
    forwarded.on('error', () => outgoing.writeHead(502).end())
    forwarded.end(requestBody)
  })
  return { url: `http://localhost:${await listen(listener)}`, close: () => void listener.close() }
}

/** A free port of loopback. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return (server.address() as AddressInfo).port
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
