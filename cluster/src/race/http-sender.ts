import { Agent, request } from 'node:http'
import type { Answer, Sendable } from './race-platform.ts'

/** Sends to one origin over kept connections. Rejects where no whole answer came within 20 s. */
export function httpSender(
  origin: string,
  connections: number,
): { send(sendable: Sendable): Promise<Answer>; close(): void } {
  // Of those that are free Node would keep 256, and open new ones for the rest all the time.
  const agent = new Agent({
    keepAlive: true,
    maxSockets: connections,
    maxFreeSockets: connections,
    timeout: 4_000,
  })
  const { hostname, port } = new URL(origin)
  return {
    close: () => agent.destroy(),
    send: ({ method, path, headers, form }) =>
      new Promise((done, failed) => {
        const body = form && new URLSearchParams(form).toString()
        const type = form && { 'content-type': 'application/x-www-form-urlencoded' }
        const sent = request(
          {
            agent,
            hostname,
            port,
            method,
            path,
            headers: { ...headers, ...type },
            signal: AbortSignal.timeout(20_000),
          },
          (response) => {
            const chunks: Buffer[] = []
            response.on('data', (chunk: Buffer) => chunks.push(chunk))
            response.on('error', failed)
            response.on('end', () => {
              if (!response.complete) return failed(new Error('The answer broke off'))
              const pairs = Object.entries(response.headersDistinct)
              done({
                status: response.statusCode ?? 0,
                headers: new Headers(
                  pairs.flatMap(([name, values]) =>
                    (values ?? []).map((value): [string, string] => [name, value]),
                  ),
                ),
                text: Buffer.concat(chunks).toString('utf8'),
              })
            })
          },
        )
        sent.on('error', failed)
        sent.end(body)
      }),
  }
}
