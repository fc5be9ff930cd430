import type { IncomingMessage } from 'node:http'
import { request as send } from 'node:https'

/** fetch that trusts one more certificate authority, which Node's own can be told only before its process starts. Follows no redirect. */
export function fetchTrusting(ca: string): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    const body = Buffer.from(await request.arrayBuffer())
    const { url, method } = request
    const headers = { ...Object.fromEntries(request.headers), 'content-length': String(body.length) }
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      send(url, { method, headers, ca, agent: false }, resolve).once('error', reject).end(body)
    })
    const received = Buffer.concat(await answer.toArray())
    const lines = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value): [string, string] => [name, value]),
    )
    return new Response(received.length > 0 ? received : null, {
      status: answer.statusCode ?? 0,
      headers: new Headers(lines),
    })
  }
}
